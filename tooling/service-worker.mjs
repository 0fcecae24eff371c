// Adds the service worker to a build of the page: its script, and the list of what it keeps. Knows nothing of how it
// works.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.mjs'

const ENTRY = inProject('apps/web/service-worker/main.ts')
const NAME = 'service-worker.js'
/** What no page fetches: a chat does, or an application that changes its routes without loading a page. */
const leftOut = /^(404|_not-found)\b|^link-picture|\.(br|txt|map)$|Manifest\.js$|^\.|^service-worker\.js$/

/** @param {string} folder of the build @returns {string[]} as `_next/static/a.js` */
function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return paths
    .map((path) => path.slice(folder.length + 1).replaceAll('\\', '/'))
    .filter((path) => !leftOut.test(path))
    .sort()
}

/** @param {string} folder of the build */
export async function addServiceWorker(folder) {
  // Not before: in a fresh clone, what is needed is installed first, by a script that names this one.
  const { build } = await import('esbuild')
  const bundle = await build({ entryPoints: [ENTRY], bundle: true, minify: true, format: 'iife', write: false })
  const script = bundle.outputFiles[0]?.text ?? ''
  const paths = filesOf(folder)
  const hash = createHash('sha256').update(script)
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)))
  const isPage = (/** @type {string} */ path) => path.endsWith('.html')
  const list = {
    version: hash.digest('base64url').slice(0, 12),
    pages: paths.filter(isPage).map((path) => path.replace(/(^|\/)index\.html$|\.html$/, '')),
    files: paths.filter((path) => !isPage(path)),
  }
  writeFileSync(join(folder, NAME), `const SWARMDROP_BUILD=${JSON.stringify(list)};\n${script}`)
}
