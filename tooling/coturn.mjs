// Finds coturn for the tests (its server, and its clients), and gets it where that is allowed. Knows nothing of what they do.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'

/** Path of one of its programs; undefined where there is none, and the tests with it are skipped. @param {string} name */
export function coturn(name) {
  const path = `/usr/bin/${name}`
  return existsSync(path) ? path : undefined
}

/**
 * Says so in a line when there is none and none can be installed. Where systemd runs, the package would start a TURN
 * server open to the network: there it is for the person to install.
 */
export async function ensureCoturn() {
  if (coturn('turnserver')) return
  if (canUseApt() && !existsSync('/run/systemd/system')) {
    console.log('Installing coturn for the tests (once)…')
    await aptInstall('coturn')
    if (coturn('turnserver')) return
  }
  console.log('No coturn here: its tests are skipped. Install it to have them.')
}
