// Installs the packages of the lock file when they are missing or not those. Knows nothing of what they are for.
import { existsSync } from 'node:fs'
import { inProject, npm, readJson } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'

/**
 * True when everything that the lock file asks for is what npm says it has installed. npm writes its own record
 * (`node_modules/.package-lock.json`) last, so an interrupted install leaves none. Packages for other platforms are
 * optional and may be absent.
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} installed
 */
export function matchesLock(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    const isTheProjectItself = path === ''
    const found = installed[path]
    return isTheProjectItself || (found ? found.version === entry.version : entry.optional === true)
  })
}

function isInstalled() {
  const record = 'node_modules/.package-lock.json'
  return existsSync(inProject(record)) && matchesLock(readJson('package-lock.json').packages, readJson(record).packages)
}

/** Ends the process with an explanation when the packages cannot be installed. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.error('Installing packages (once)…')
  const { code, output } = await run(npm('ci', '--no-audit', '--no-fund', '--json=false'))
  if (code === 0) return
  console.error(output)
  console.error('Installing the packages failed; npm’s message is above. Check the network connection and try again.')
  process.exit(1)
}
