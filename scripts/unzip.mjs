// Finds Info-ZIP's `unzip`, the other program by which the tests check our ZIPs, and gets it where there is none.
import { aptInstall, canUseApt } from '../tooling/apt.mjs'
import { run } from '../tooling/run.mjs'

const works = async () => (await run(['unzip', '-v'])).code === 0

/** Ends the process with an explanation when there is none and it cannot be installed. */
export async function ensureUnzip() {
  if (await works()) return
  const output = canUseApt() ? await aptInstall('unzip') : ''
  if (await works()) return
  console.error(`${output}The tests check ZIPs with the program "unzip", which is not here. Install it and try again.`)
  process.exit(1)
}
