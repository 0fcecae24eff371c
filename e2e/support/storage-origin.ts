// An origin whose only page has the adapters for files and bytes, each a bundle of its source. Knows no single test.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { expect } from '@playwright/test'
import { build } from 'esbuild'
import type { CheckResult } from '../storage-page'

const e2e = join(import.meta.dirname, '..')
const adapters = join(e2e, '../apps/web/adapters')
const HTML =
  '<!doctype html><meta charset="utf-8"><input type="file" multiple><script type="module" src="/page.js"></script>'

/** Bundled when first asked for; workers by the name that `new Worker(new URL(…))` gives them. */
const bundles = new Map<string, Promise<string>>()

async function bundled(file: string): Promise<string> {
  const output = await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
    // Its build for browsers brings Node's streams along.
    alias: { 'simple-peer': 'simple-peer/simplepeer.min.js' },
  })
  return output.outputFiles[0]?.text ?? ''
}

function sourceOf(name: string): string {
  if (name === 'page.js') return join(e2e, 'storage-page.ts')
  const sources = readdirSync(adapters, { recursive: true, encoding: 'utf8' })
  return join(adapters, sources.find((source) => basename(source) === name) ?? name)
}

/** What the origin answers to a request. */
export async function storageAnswer(url: string): Promise<{ contentType: string; body: string }> {
  const name = basename(new URL(url).pathname)
  if (name === '') return { contentType: 'text/html', body: HTML }
  const file = sourceOf(name)
  const bundle = bundles.get(file) ?? bundled(file)
  bundles.set(file, bundle)
  return { contentType: 'text/javascript', body: await bundle }
}

/** The origin on a port of this machine, for a browser whose requests a test cannot answer itself. */
export async function serveStorage(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    storageAnswer(`http://localhost${request.url}`).then(
      ({ contentType, body }) => response.writeHead(200, { 'content-type': contentType }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((listening) => server.listen(0, listening))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

/** Expects that more than so many checks of a contract were made, and none found anything. */
export function expectKept(results: CheckResult[], checks: number): void {
  expect(results.length).toBeGreaterThan(checks)
  expect(results.filter(({ problem }) => problem)).toEqual([])
}
