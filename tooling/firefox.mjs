// Finds a Firefox for the tests, and gets one where that is allowed. Knows nothing of what they do.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'
import { run } from './run.mjs'

/** Path of the system's Firefox; undefined where there is none, and the tests with it are skipped. */
export function systemFirefox() {
  return [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path))
}

/** Ubuntu's package of that name only sends people to a snap, so what was installed is asked. */
async function works() {
  const path = systemFirefox()
  return path !== undefined && (await run([path, '--version'])).code === 0
}

/** Says so in a line when there is no Firefox and none can be installed: people have it or not, Chromium must do. */
export async function ensureFirefox() {
  if (await works()) return
  if (canUseApt()) {
    console.log('Installing Firefox for the tests (once)…')
    await aptInstall('firefox-esr')
    if (await works()) return
  }
  console.log('No Firefox found: its tests are skipped. Install it, or set FIREFOX_PATH.')
}
