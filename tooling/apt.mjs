// Installs packages of Debian or Ubuntu where that is allowed. Knows nothing of what they are for.
import { existsSync } from 'node:fs'
import { run } from './run.mjs'

export const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** What apt said; whether the packages are there now is for the caller to see. @param {string[]} names */
export async function aptInstall(...names) {
  let output = ''
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    output += (await run(['apt-get', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).output
  }
  return output
}
