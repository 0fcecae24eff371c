// Installs a package of Debian or Ubuntu where that is allowed. Knows nothing of what it is for.
import { existsSync } from 'node:fs'
import { run } from './run.mjs'

export const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** What apt said; whether the package is there now is for the caller to see. @param {string} name */
export async function aptInstall(name) {
  let output = ''
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    output += (await run(['apt-get', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).output
  }
  return output
}
