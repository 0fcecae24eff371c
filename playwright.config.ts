// End-to-end tests: the real server, the real build, a real Chromium.
import { defineConfig } from '@playwright/test'
import { testChromium } from './tooling/test-chromium'

const port = Number(process.env.E2E_PORT ?? 3210)
const baseURL = `http://localhost:${port}`

export default defineConfig({
  testDir: 'e2e',
  // A third takes about as long on two cores, and makes pages wait for their turn of the processor.
  workers: 2,
  fullyParallel: true,
  projects: [
    { name: 'together', grepInvert: /@alone/, outputDir: 'test-results/e2e/together' },
    // What compares times that it has measured has the machine to itself.
    {
      name: 'alone',
      grep: /@alone/,
      outputDir: 'test-results/e2e/alone',
      workers: 1,
      dependencies: ['together'],
    },
  ],
  // What passes only at its second try has a bug, in the test or in the product.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    launchOptions: testChromium('shell'),
    screenshot: 'only-on-failure',
    // No trace by default: recording half a dozen tabs takes longer than their transfers. For one: `--trace on`.
    trace: 'off',
    // What moves all the time costs a twentieth of the processor, in front of nobody.
    contextOptions: { reducedMotion: 'reduce' },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    // No other server's, and no other run's.
    env: { PORT: String(port), STUN_PORT: String(port) },
    url: `${baseURL}/healthz`,
    reuseExistingServer: process.env.CI !== 'true',
    // Long enough to build the page, where the tests were started without `npm test`.
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
})
