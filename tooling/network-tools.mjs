// Finds what the tests of whole networks run, and gets it where that is allowed. Knows nothing of what they do with it.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'
import { run } from './run.mjs'

/** Debian's packages, and the program of each. */
const tools = { nftables: '/usr/sbin/nft', coturn: '/usr/bin/turnserver', nginx: '/usr/sbin/nginx' }
/** Those that start by themselves where they are installed. */
const services = ['coturn', 'nginx']

const missing = () => Object.entries(tools).flatMap(([name, path]) => (existsSync(path) ? [] : [name]))

/** Says so in a line when something is missing and cannot be installed: the tests that need it are skipped. */
export async function ensureNetworkTools() {
  const wanted = missing()
  if (wanted.length === 0) return
  if (canUseApt()) {
    console.log(`Installing ${wanted.join(', ')} for the tests (once)…`)
    await aptInstall(...wanted)
    // Nobody has asked for a server on this machine.
    for (const service of services.filter((name) => wanted.includes(name)))
      await run(['systemctl', 'disable', '--now', service])
  }
  const still = missing()
  if (still.length > 0) console.log(`Not here: ${still.join(', ')}. The tests that need them are skipped.`)
}
