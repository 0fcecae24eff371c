// Says which module may import which. Knows nothing of how files are found or results are shown, and no exception.
import { posix } from 'node:path'

/**
 * What each folder may import of the packages by their doors, and which other folders by a path. Those that test or
 * measure the apps reach into them, and fuzz also into the peer, whose decoders no door shows; `.` is the root's own
 * settings.
 */
const parts = /** @type {Record<string, { packages: string[], paths: string[] }>} */ ({
  'packages/core': { packages: [], paths: [] },
  'packages/peer': { packages: ['core'], paths: [] },
  'apps/tracker': { packages: ['core'], paths: [] },
  'apps/web': { packages: ['core', 'peer'], paths: [] },
  'apps/cli': { packages: ['core', 'peer'], paths: [] },
  fuzz: { packages: ['core', 'peer'], paths: ['apps', 'packages/peer'] },
  e2e: { packages: ['core', 'peer'], paths: ['apps', 'tooling'] },
  bench: { packages: ['core', 'peer'], paths: ['apps', 'tooling'] },
  scripts: { packages: ['core'], paths: ['apps/tracker', 'tooling'] },
  tooling: { packages: [], paths: [] },
  '.': { packages: [], paths: ['tooling'] },
})
/** The folders at the root whose files are looked at. */
export const folders = [...new Set(Object.keys(parts).map((part) => part.replace(/\/.*/, '')))].filter(
  (top) => top !== '.',
)

// What the pages of apps/web stand on, the lowest first. No page knows another.
const below = ['session', 'features/ui', 'features/experiment', 'features/charts']
const drawing = [...below, 'features/pictures']
const replaying = [...drawing, 'features/replay']
const watching = [...below, 'features/distribution']
const pages = ['features/share', 'features/receive', 'features/lab', 'features/theory', 'features/check']
// What every part of a peer stands on.
const ground = ['ports', 'snapshots', 'time']

/**
 * What the files of each layer may import of the others, in a folder that has layers. A layer is a folder, or one file.
 */
const layers = /** @type {Record<string, Record<string, string[]>>} */ ({
  'packages/core/src': {
    content: [],
    wire: ['content'],
    swarm: ['content', 'wire'],
    driver: ['content', 'wire', 'swarm'],
    simulation: ['content', 'wire', 'swarm', 'theory'],
    signaling: ['content'],
    code: ['content', 'signaling'],
    theory: [],
  },
  'packages/peer/src': {
    ports: [],
    snapshots: [],
    time: ['ports'],
    links: ground,
    line: ground,
    code: [...ground, 'line'],
    stores: ground,
    library: [...ground, 'stores'],
    swarm: [...ground, 'links', 'line'],
    password: [...ground, 'swarm'],
    check: [...ground, 'links', 'line'],
    transfer: [...ground, 'stores', 'library', 'swarm'],
    lab: [...ground, 'stores', 'line', 'swarm'],
  },
  'apps/web': {
    'service-worker': [],
    adapters: ['service-worker'],
    session: ['adapters', 'service-worker'],
    'features/ui': ['session'],
    'features/experiment': ['session', 'features/ui'],
    'features/charts': ['session', 'features/ui', 'features/experiment'],
    'features/pictures': below,
    'features/distribution': below,
    'features/share': watching,
    'features/receive': watching,
    'features/replay': drawing,
    'features/lab': replaying,
    'features/theory': replaying,
    'features/check': ['session', 'features/ui'],
    app: [...new Set([...replaying, ...watching, ...pages])],
  },
})

// These run in a page and in a terminal alike.
const everywhere = ['packages/core/src', 'packages/peer/src']
/** Folders of this name have what is written for tests. */
const testFolder = 'testing'
const testParts = ['fuzz', 'e2e', 'bench']
const FOR_TESTS = 'only tests may use what is written for tests'

// A worker is started by `new URL('./x.ts', import.meta.url)`; other URLs (a folder, a picture) import nothing.
const importOf =
  /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1|\bnew URL\(\s*(['"])(\.[^'"\n]+\.[mc]?[jt]sx?)\3/g

/** @param {string} source @returns {string[]} what it imports, in order */
export const importsOf = (source) => Array.from(source.matchAll(importOf), (match) => match[2] ?? match[4] ?? '')

/** @param {string} path @param {string} folder */
const isIn = (path, folder) => path === folder || path.startsWith(`${folder}/`)

/** @param {string} path */
const isForTests = (path) => path.includes(`/${testFolder}/`)

/** @param {string} file */
const isTest = (file) => file.includes('.test.') || isForTests(file) || testParts.some((part) => isIn(file, part))

/** The part whose file this is; undefined for a folder that no rule names. @param {string} file */
function partOf(file) {
  if (!file.includes('/')) return '.'
  return Object.keys(parts).find((part) => isIn(file, part))
}

/**
 * The layer of a file; undefined where it stands above all of them, as a door does or a page's settings.
 * @param {string} home @param {string} file with or without its ending
 */
function layerOf(home, file) {
  const path = posix.relative(home, file)
  const name = path.replace(/\.\w+$/, '')
  const known = Object.keys(layers[home] ?? {}).find((layer) => name === layer || path.startsWith(`${layer}/`))
  return known ?? (path.includes('/') ? posix.dirname(path) : undefined)
}

/**
 * Between two files of one folder that has layers.
 * @param {string} home @param {string} file @param {string} target
 * @returns {string | undefined}
 */
function objectionToLayer(home, file, target) {
  const from = layerOf(home, file)
  if (from === undefined || isForTests(file) || isForTests(target)) return
  const allowed = layers[home]?.[from]
  if (!allowed) return `the layer ${from} is not in scripts/import-rules.mjs: say there what it may import`
  const to = layerOf(home, target)
  if (to === undefined) return `no layer of ${home} comes in by its own door`
  if (from !== to && !allowed.includes(to)) return `${from} may import ${allowed.join(', ') || 'no other layer'}`
}

/** @param {string} file @param {string} part @param {string} target @returns {string | undefined} */
function objectionToPath(file, part, target) {
  if (isForTests(target) && !isTest(file)) return FOR_TESTS
  // The root's own files belong together, and none of its folders to them.
  const isInside = part === '.' ? !target.includes('/') : isIn(target, part)
  if (isInside) {
    const home = Object.keys(layers).find((folder) => isIn(file, folder) && isIn(target, folder))
    return home && objectionToLayer(home, file, target)
  }
  const paths = parts[part]?.paths ?? []
  if (paths.some((folder) => isIn(target, folder))) return
  if (isIn(target, 'packages')) return "a package comes in by its door, as '@swarmdrop/core'"
  return `by a path, ${part} may import ${paths.join(', ') || 'nothing outside it'}`
}

/**
 * @param {string} file @param {string} part @param {string} door @param {readonly string[]} doors
 * @returns {string | undefined}
 */
function objectionToDoor(file, part, door, doors) {
  const name = door.split('/')[1] ?? ''
  const packages = parts[part]?.packages ?? []
  if (door.endsWith(`/${testFolder}`) && !isTest(file)) return FOR_TESTS
  if (part === `packages/${name}`) return `${name} does not come in by its own door`
  if (!packages.includes(name)) return `of the project's packages, ${part} may import ${packages.join(', ') || 'none'}`
  if (!doors.includes(door)) return `it is no door of ${name}: its package.json says which there are ("exports")`
}

/**
 * Why `file` may not import `specifier`; undefined where it may.
 * @param {string} file path from the root, with /
 * @param {string} specifier
 * @param {readonly string[]} doors by which the packages let others in
 * @returns {string | undefined}
 */
export function objection(file, specifier, doors) {
  const part = partOf(file)
  if (part === undefined) return `its folder is not in scripts/import-rules.mjs: say there what it may import`
  if (specifier.startsWith('.')) return objectionToPath(file, part, posix.join(posix.dirname(file), specifier))
  if (specifier.startsWith('@swarmdrop/')) return objectionToDoor(file, part, specifier, doors)
  const isPure = everywhere.some((folder) => isIn(file, folder)) && !isTest(file)
  if (isPure && specifier.startsWith('node:')) return `${part} runs in a page too: nothing of Node here`
}
