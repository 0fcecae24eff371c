// Finds what the tests of whole networks run, and gets it where that is allowed. Knows nothing of what they do with it.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'

/** Debian's packages, and the program of each. */
const tools = {
  nftables: '/usr/sbin/nft',
  coturn: '/usr/bin/turnserver',
  nginx: '/usr/sbin/nginx',
  'redis-server': '/usr/bin/redis-server',
}

/**
 * Servers that start by themselves where systemd runs, open to the network: there they are for the person to install.
 */
const isForThePerson = (/** @type {string} */ name) => name !== 'nftables' && existsSync('/run/systemd/system')

const missing = () => Object.entries(tools).flatMap(([name, path]) => (existsSync(path) ? [] : [name]))

/**
 * Path of one of coturn's programs; undefined where there is none, and the tests with it are skipped. @param {string}
 * name
 */
export function coturn(name) {
  const path = `/usr/bin/${name}`
  return existsSync(path) ? path : undefined
}

/** Says so in a line when something is missing and cannot be installed: the tests that need it are skipped. */
export async function ensureNetworkTools() {
  const wanted = missing().filter((name) => !isForThePerson(name))
  if (wanted.length > 0 && canUseApt()) {
    console.log(`Installing ${wanted.join(', ')} for the tests (once)…`)
    await aptInstall(...wanted)
  }
  const still = missing()
  if (still.length > 0) console.log(`Not installed: ${still.join(', ')}. The tests that need them are skipped.`)
}
