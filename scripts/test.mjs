// `npm test`, and with --fast `npm run check`. Runs every step, also after one that failed, and closes with the count.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { ensureChromium, ensureChromiumShell } from '../tooling/chromium.mjs'
import { ensureFirefox } from '../tooling/firefox.mjs'
import { ensureNetworkTools } from '../tooling/network-tools.mjs'
import { inProject, tool } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'
import { buildWeb } from '../tooling/web-build.mjs'
import { closingLine, countOfCheck, countOfPlaywright, countOfVitest, diedOnTheWay, sum } from './counts.mjs'
import { failureOfCheck, failuresOfPlaywright, failuresOfVitest } from './failures.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'
import { ensureUnzip } from './unzip.mjs'

/** What failed, in words: told again at the end, where it is read. @type {string[]} */
const failures = []
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
  { name: 'documents', run: () => run([process.execPath, 'scripts/check-documents.mjs']) },
]

/**
 * Runs a check and keeps its output, which is shown only if it failed: checks run side by side.
 * @param {{ name: string, run: () => Promise<{ code: number, output: string }> }} check
 */
async function perform(check) {
  const startedAt = performance.now()
  const { code, output } = await check.run()
  const seconds = secondsSince(startedAt)
  if (code !== 0) failures.push(failureOfCheck(check.name, output))
  return { good: code === 0, report: `${code === 0 ? '✓' : '✗'} ${check.name}, ${seconds}${code ? `\n${output}` : ''}` }
}

/**
 * @typedef {{ name: string, commandLine: string[], reportFile: string, env?: Record<string, string>,
 *   count: (report: any, code: number) => import('./counts.mjs').Count,
 *   failuresOf: (report: any) => string[], tries?: number }} Runner
 */

/**
 * Runs a test runner with its output on the terminal, and counts what its report says.
 * @param {Runner} runner
 */
async function runTests(runner) {
  const { name, commandLine, reportFile, env, count, failuresOf, tries = 1 } = runner
  const path = inProject(reportFile)
  rmSync(path, { force: true })
  console.log(`\n── ${name}`)
  const startedAt = performance.now()
  const { code } = await run(commandLine, { show: true, ...(env && { env }) })
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  if (tries > 1 && diedOnTheWay(report, code)) {
    console.log('Its process died, and no test failed. Once more:')
    return runTests({ ...runner, tries: tries - 1 })
  }
  const counted = count(report, code)
  console.log(`${counted.failed === 0 ? '✓' : '✗'} ${name}, ${secondsSince(startedAt)}`)
  const named = report ? failuresOf(report) : []
  if (counted.failed > 0) failures.push(...(named.length > 0 ? named : [failureOfCheck(name, `exit code ${code}`)]))
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
  await ensureChromiumShell()
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

/** @param {string} name @param {string} reportFile */
const vitest = (name, reportFile) => ({
  name,
  reportFile,
  commandLine: tool('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`),
  count: countOfVitest,
  failuresOf: failuresOfVitest,
})
counts.push(await runTests(vitest('unit and integration tests (vitest)', 'test-results/unit.json')))
// libwebrtc in Node can crash when a closed connection is collected (WonderInventions/node-webrtc, issue 35): a crash
// is tried again, a test that fails is not.
const native = vitest('real WebRTC in Node (vitest)', 'test-results/native.json')
counts.push(await runTests({ ...native, env: { SWARMDROP_NATIVE: '1' }, tries: 3 }))

if (!fast) {
  const { good, report } = await perform({ name: 'build of the page (Next.js)', run: buildWeb })
  console.log(`\n${report}`)
  counts.push(countOfCheck(good))
  if (good) {
    // The second even where the first has failed, which by itself Playwright would leave out.
    for (const project of ['together', 'alone']) {
      const playwright = {
        name: `end-to-end tests, ${project} (Playwright)`,
        commandLine: tool('@playwright/test', 'test', `--project=${project}`, '--no-deps'),
        reportFile: 'test-results/e2e.json',
        count: countOfPlaywright,
        failuresOf: failuresOfPlaywright,
      }
      counts.push(await runTests(playwright))
    }
  } else console.log('The end-to-end tests need the page: not run.')
}

const total = sum(counts)
process.exitCode = total.failed > 0 ? 1 : 0
if (failures.length > 0) console.log(`\n── What failed\n${failures.join('\n')}`)
console.log(`\n${closingLine(total)}`)
