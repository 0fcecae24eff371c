// Finds a Chromium for the tests and the benchmark, and gets one where there is none. Knows nothing of what they do.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'
import { tool } from './project.mjs'
import { run } from './run.mjs'

const isRoot = process.getuid?.() === 0

/** Path of the system's Chromium; undefined where there is none and Playwright must use its own. */
function systemChromium() {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path))
}

/** What Playwright's `launch` needs to start Chromium on this machine. */
export function chromiumLaunchOptions() {
  const executablePath = systemChromium()
  // Chromium refuses to run its sandbox as root; everywhere else it keeps it.
  const sandbox = isRoot ? ['--no-sandbox'] : []
  return {
    ...(executablePath && { executablePath }),
    args: ['--disable-gpu', '--disable-background-networking', ...sandbox],
  }
}

/** @param {string} path */
const works = async (path) => (await run([path, '--version'])).code === 0

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

/** Ends the process with an explanation when there is no Chromium and none can be installed. */
export async function ensureChromium() {
  const present = systemChromium() ?? (await playwrightsOwn())
  if (existsSync(present) && (await works(present))) return

  console.log('Installing Chromium for the tests (once)…')
  const byApt = canUseApt()
  let output = ''
  if (byApt) {
    output = await aptInstall('chromium')
    const installed = systemChromium()
    if (installed && (await works(installed))) return
  }
  // Ubuntu has no such package outside its snaps: there Playwright's own goes in, with the libraries it needs.
  const download = await run(tool('@playwright/test', 'install', ...(byApt ? ['--with-deps'] : []), 'chromium'))
  if (download.code === 0 && (await works(await playwrightsOwn()))) return
  console.error(output + download.output)
  console.error(
    'No Chromium could be installed; the output is above. Install one yourself, and give its path in CHROMIUM_PATH.',
  )
  process.exit(1)
}
