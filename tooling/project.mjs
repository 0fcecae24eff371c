// Where the project's parts are, and how to call the tools it installs. Knows nothing of what they do.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Absolute path of a file that the project names relative to its root. @param {string[]} parts */
export const inProject = (...parts) => join(root, ...parts)

/** @param {string} path relative to the root */
export const readJson = (path) => JSON.parse(readFileSync(inProject(path), 'utf8'))

/**
 * Command line of an installed tool. Called with Node itself and not through `npx`, which costs a second each time.
 * @param {string} packageName
 * @param {string[]} args
 */
export function tool(packageName, ...args) {
  const { bin } = readJson(`node_modules/${packageName}/package.json`)
  const script = typeof bin === 'string' ? bin : Object.values(bin)[0]
  return [process.execPath, inProject('node_modules', packageName, script), ...args]
}

/** Command line of npm: the very one that called us, if one did. @param {string[]} args */
export function npm(...args) {
  const caller = process.env.npm_execpath
  return caller?.endsWith('.js') ? [process.execPath, caller, ...args] : ['npm', ...args]
}
