// Says which module may import which. Knows nothing of how files are found or results are shown.
import { posix } from 'node:path'

/** In packages/core/src: what the files of a folder may import of the other folders. */
const coreLayers = /** @type {Record<string, string[]>} */ ({
  content: [],
  wire: ['content'],
  swarm: ['content', 'wire'],
  driver: ['content', 'wire', 'swarm'],
  simulation: ['content', 'wire', 'swarm', 'theory'],
  signaling: ['content'],
  theory: [],
})
const coreSource = 'packages/core/src/'
/** What tests in core may use beyond their layer: a runner, random inputs, and the parts written for them. */
const testFolder = 'testing'

// A worker is started by `new URL('./x.ts', import.meta.url)`; other URLs (a folder, a picture) import nothing.
const importOf =
  /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1|\bnew URL\(\s*(['"])(\.[^'"\n]+\.[mc]?[jt]sx?)\3/g

/** @param {string} source @returns {string[]} what it imports, in order */
export const importsOf = (source) => Array.from(source.matchAll(importOf), (match) => match[2] ?? match[4] ?? '')

/** @param {string} path within packages/core/src */
const layerOf = (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined)

/** @param {string} file @param {string} target @returns {string | undefined} */
function objectionWithinCore(file, target) {
  const isTest = file.includes('.test.') || file.startsWith(`${coreSource}${testFolder}/`)
  const from = layerOf(file.slice(coreSource.length))
  const to = layerOf(target.slice(coreSource.length))
  if (to === testFolder) return isTest ? undefined : 'only tests may use what is written for tests'
  if (from === undefined) return
  if (to === undefined) return 'core does not come in by its own door'
  if (from === to || from === testFolder) return
  if (!coreLayers[from]) return `the layer ${from} is not in scripts/import-rules.mjs: say there what it may import`
  if (!coreLayers[from].includes(to)) return `${from} may import ${coreLayers[from].join(', ') || 'no other layer'}`
}

/**
 * Why `file` may not import `specifier`; undefined where it may.
 * @param {string} file path from the root, with /
 * @param {string} specifier
 * @returns {string | undefined}
 */
export function objection(file, specifier) {
  const [top, name] = file.split('/')
  const home = top === 'packages' || top === 'apps' ? `${top}/${name}/` : ''
  const isCoreProper = file.startsWith(coreSource) && !file.includes('.test.') && !file.includes(`/${testFolder}/`)

  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    if (home && !`${target}/`.startsWith(home)) return `nothing outside ${home} comes in by a path`
    if (!home && target.startsWith(coreSource)) return "core comes in by its door: '@swarmdrop/core'"
    return home === 'packages/core/' ? objectionWithinCore(file, target) : undefined
  }
  if (specifier.startsWith('@swarmdrop/')) {
    if (specifier !== '@swarmdrop/core') return "only core is shared, and by its door: '@swarmdrop/core'"
    return home === 'packages/core/' ? 'core does not come in by its own door' : undefined
  }
  if (isCoreProper && specifier.startsWith('node:')) return 'core runs in a page too: nothing of Node here'
}
