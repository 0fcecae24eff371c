// Puts what a test has written for a page into one: bundled once, and run there. Knows nothing of what it does.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { once } from './once'

const bundles = new Map<string, Promise<string>>()

/** `file`: of this folder's parent. */
export async function runInPage(page: Page, file: string): Promise<void> {
  await page.evaluate(await once(bundles, file, () => bundled(file)))
}

async function bundled(file: string): Promise<string> {
  const output = await build({
    entryPoints: [join(import.meta.dirname, '..', file)],
    bundle: true,
    format: 'iife',
    target: 'es2023',
    write: false,
    // Its build for browsers brings Node's streams along.
    alias: { 'simple-peer': 'simple-peer/simplepeer.min.js' },
  })
  return output.outputFiles[0]?.text ?? ''
}
