// `npm test`, and with --fast `npm run check`. Runs every step, also after one that failed, and closes with the count.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { ensureChromium } from '../tooling/chromium.mjs'
import { ensureFirefox } from '../tooling/firefox.mjs'
import { ensureNetworkTools } from '../tooling/network-tools.mjs'
import { inProject, tool } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'
import { buildWeb } from '../tooling/web-build.mjs'
import { closingLine, countOfCheck, countOfPlaywright, countOfVitest, sum } from './counts.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'
import { ensureUnzip } from './unzip.mjs'

const fast = process.argv.includes('--fast')
const tsProjects = [
  'packages/core',
  'packages/core/tsconfig.test.json',
  'packages/peer',
  'packages/peer/tsconfig.test.json',
  'apps/tracker',
  'apps/web',
  '.',
]

/** Next.js writes the types of its routes and CSS modules; a fresh clone has none. */
async function checkTypes() {
  const results = [await run(tool('next', 'typegen', 'apps/web'), { env: { NEXT_TELEMETRY_DISABLED: '1' } })]
  for (const project of tsProjects) results.push(await run(tool('typescript', '-p', project)))
  const failed = results.filter(({ code }) => code !== 0)
  return { code: failed.length, output: failed.map(({ output }) => output).join('') }
}

const checks = [
  { name: 'types', run: checkTypes },
  {
    name: 'lint and format (Biome)',
    run: () => run(tool('@biomejs/biome', 'ci', '--error-on-warnings', '--colors=off')),
  },
  { name: 'unused code (knip)', run: () => run(tool('knip')) },
  { name: 'import rules', run: () => run([process.execPath, 'scripts/check-imports.mjs']) },
  { name: 'rules and their tests', run: () => run([process.execPath, 'scripts/check-spec.mjs']) },
]

/**
 * Runs a check and keeps its output, which is shown only if it failed: checks run side by side.
 * @param {{ name: string, run: () => Promise<{ code: number, output: string }> }} check
 */
async function perform(check) {
  const startedAt = performance.now()
  const { code, output } = await check.run()
  const seconds = secondsSince(startedAt)
  return { good: code === 0, report: `${code === 0 ? '✓' : '✗'} ${check.name}, ${seconds}${code ? `\n${output}` : ''}` }
}

/**
 * Runs a test runner with its output on the terminal, and counts what its report says.
 * @template Report
 * @param {string} name
 * @param {string[]} commandLine
 * @param {string} reportFile
 * @param {(report: Report | undefined, code: number) => import('./counts.mjs').Count} count
 */
async function runTests(name, commandLine, reportFile, count) {
  const path = inProject(reportFile)
  rmSync(path, { force: true })
  console.log(`\n── ${name}`)
  const startedAt = performance.now()
  const { code } = await run(commandLine, { show: true })
  const counted = count(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined, code)
  console.log(`${counted.failed === 0 ? '✓' : '✗'} ${name}, ${secondsSince(startedAt)}`)
  return counted
}

/** @param {number} startedAt */
const secondsSince = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

// In a log file colours are noise; every tool below understands this.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1'
// Read by vitest.config.ts.
if (fast) process.env.SWARMDROP_FAST = '1'

requireNode()
await ensureInstalled()
await ensureUnzip()
if (!fast) {
  await ensureChromium()
  await ensureFirefox()
  await ensureNetworkTools()
}

const counts = []
const started = checks.map(perform)
for (const check of started) {
  const { good, report } = await check
  console.log(report)
  counts.push(countOfCheck(good))
}

const unitReport = 'test-results/unit.json'
const vitest = tool('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`)
counts.push(await runTests('unit and integration tests (vitest)', vitest, unitReport, countOfVitest))

if (!fast) {
  const { good, report } = await perform({ name: 'build of the page (Next.js)', run: buildWeb })
  console.log(`\n${report}`)
  counts.push(countOfCheck(good))
  if (good) {
    // The second even where the first has failed, which by itself Playwright would leave out.
    for (const project of ['together', 'alone']) {
      const playwright = tool('@playwright/test', 'test', `--project=${project}`, '--no-deps')
      const name = `end-to-end tests, ${project} (Playwright)`
      counts.push(await runTests(name, playwright, 'test-results/e2e.json', countOfPlaywright))
    }
  } else console.log('The end-to-end tests need the page: not run.')
}

const total = sum(counts)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(`\n${closingLine(total)}`)
