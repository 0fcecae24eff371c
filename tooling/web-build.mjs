// Builds the web app when its sources are newer than the build. Knows nothing of the server that serves it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressBuild } from './compress-build.mjs'
import { inProject, root, tool } from './project.mjs'
import { run } from './run.mjs'
import { addServiceWorker } from './service-worker.mjs'

const sources = [
  'apps/web',
  'packages/core/src',
  'packages/core/package.json',
  'packages/peer/src',
  'packages/peer/package.json',
  'tsconfig.base.json',
  'package-lock.json',
  'tooling/web-build.mjs',
  'tooling/compress-build.mjs',
  'tooling/service-worker.mjs',
]
const generated = new Set(['node_modules', '.next', 'out', 'next-env.d.ts', 'tsconfig.tsbuildinfo'])
const page = inProject('apps/web/out/index.html')
// What apps/tracker/src/base-path.ts looks for.
const BASE_PATH_MARK = '/__swarmdrop_base_path__'
const ORIGIN_MARK = '__swarmdrop_origin__'
// Inside the build, so that it goes when the build goes, and cannot vouch for a build that it was not written for.
const stamp = inProject('apps/web/out/.swarmdrop-build')

/** @param {string} path @returns {string[]} the files under it that a build reads, in a fixed order */
function filesUnder(path) {
  const entries = readdirSync(join(root, path), { withFileTypes: true })
  return entries
    .filter((entry) => !generated.has(entry.name) && !entry.name.includes('.test.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
}

function fingerprint() {
  const hash = createHash('sha256')
  const files = sources.flatMap((path) => (/\.\w+$/.test(path) ? [path] : filesUnder(path)))
  for (const path of files)
    hash
      .update(`${path}\0`)
      .update(readFileSync(inProject(path)))
      .update('\0')
  return hash.digest('hex')
}

/** @param {string} wanted */
const isBuilt = (wanted) => existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

/** @returns {Promise<{ code: number, output: string }>} code 0 when the build is there and fresh */
export async function buildWeb() {
  // Taken before the build: a source that changes meanwhile makes this build stale, as it should.
  const wanted = fingerprint()
  if (isBuilt(wanted)) return { code: 0, output: '' }
  console.log('Building the page (about 20 s)…')
  rmSync(stamp, { force: true })
  const env = {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
    NEXT_PUBLIC_TRACKER_URL: undefined,
    NEXT_PUBLIC_BASE_PATH: BASE_PATH_MARK,
    NEXT_PUBLIC_ORIGIN: ORIGIN_MARK,
  }
  const result = await run(tool('next', 'build'), { cwd: inProject('apps/web'), env })
  if (result.code !== 0) return result
  await addServiceWorker(inProject('apps/web/out'))
  // As a page with a host of its own has it.
  const asServed = (/** @type {string} */ text) => text.replaceAll(BASE_PATH_MARK, '').replaceAll(ORIGIN_MARK, '')
  await compressBuild(inProject('apps/web/out'), asServed)
  writeFileSync(stamp, wanted)
  return result
}

/** Ends the process with an explanation when the page cannot be built. */
export async function ensureWebBuilt() {
  const { code, output } = await buildWeb()
  if (code === 0) return
  console.error(output)
  console.error('Building the page failed; Next.js’s message is above. Fix the file that it names and try again.')
  process.exit(1)
}
