import { defineConfig } from '@playwright/test'
export default defineConfig({ testDir: './e2e', testMatch: 'storage.spec.ts', outputDir: '/tmp/storage-e2e-out', workers: 1, timeout: 90000, reporter: 'list',
 use: { browserName: 'chromium', launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking'] } } })
