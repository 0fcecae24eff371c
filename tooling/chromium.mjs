// Finds a Chromium for the tests and the benchmark, and gets one where there is none. Knows nothing of what they do.
import { existsSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.mjs'
import { tool } from './project.mjs'
import { run } from './run.mjs'

const isRoot = process.getuid?.() === 0

/**
 * The engine without windows, tabs and dialogs. What a page does costs a fifth less of the processor there than in the
 * whole browser.
 */
const SHELL = '/usr/bin/chromium-headless-shell'
const WHOLE = '/usr/bin/chromium'

/**
 * @typedef {'whole' | 'shell'} Kind  As people have it, or its headless shell, and the whole one where there is none.
 */

/** Path of the system's Chromium; undefined where there is none and Playwright must use its own. @param {Kind} kind */
function systemChromium(kind) {
  const paths = [process.env.CHROMIUM_PATH, ...(kind === 'shell' ? [SHELL] : []), WHOLE]
  return paths.find((path) => path && existsSync(path))
}

/** What Playwright's `launch` needs to start Chromium on this machine. @param {Kind} kind */
export function chromiumLaunchOptions(kind = 'whole') {
  const executablePath = systemChromium(kind)
  // Chromium refuses to run its sandbox as root; everywhere else it keeps it.
  const sandbox = isRoot ? ['--no-sandbox'] : []
  return {
    ...(executablePath && { executablePath }),
    // Without it, Playwright's own is the shell.
    ...(!executablePath && kind === 'whole' && { channel: 'chromium' }),
    args: ['--disable-gpu', '--disable-background-networking', ...sandbox],
  }
}

/** @param {string} path */
const works = async (path) => (await run([path, '--version'])).code === 0

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

/** The tests go without it where it cannot be had. */
export async function ensureChromiumShell() {
  if (process.env.CHROMIUM_PATH || existsSync(SHELL) || !existsSync(WHOLE) || !canUseApt()) return
  console.log('Installing Chromium’s headless shell for the tests (once)…')
  await aptInstall('chromium-headless-shell')
  if (!existsSync(SHELL)) console.log('It could not be installed: the tests use the whole Chromium, and take longer.')
}

/** Ends the process with an explanation when there is no Chromium and none can be installed. */
export async function ensureChromium() {
  const present = systemChromium('whole') ?? (await playwrightsOwn())
  if (existsSync(present) && (await works(present))) return

  console.log('Installing Chromium for the tests (once)…')
  const byApt = canUseApt()
  let output = ''
  if (byApt) {
    output = await aptInstall('chromium')
    const installed = systemChromium('whole')
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
