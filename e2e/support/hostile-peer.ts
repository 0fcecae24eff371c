// Neighbours that attack a swarm, each in the manner that it is told. Knows nothing of what an attack should come to.
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { build } from 'esbuild'
import type { AttackName } from '../hostile-page'

let bundle: Promise<string> | undefined

async function bundled(): Promise<string> {
  const output = await build({
    entryPoints: [join(import.meta.dirname, '../hostile-page.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2023',
    write: false,
    // Its build for browsers brings Node's streams along.
    alias: { 'simple-peer': 'simple-peer/simplepeer.min.js' },
  })
  return output.outputFiles[0]?.text ?? ''
}

/**
 * A tab on the home page, whose policy lets it reach the tracker, in which as many peers join the link's swarm, each with
 * connections of its own, and attack whoever they meet.
 */
export async function openAttackers(context: BrowserContext, names: AttackName[], link: string): Promise<Page> {
  const page = await context.newPage()
  bundle ??= bundled()
  await page.goto('/')
  await page.evaluate(await bundle)
  for (const name of names) await page.evaluate(([kind, to]) => window.hostile.attack(kind, to), [name, link] as const)
  return page
}

/** How many the attacker of that name has attacked, and how many have hung up on it. */
export const countsOf = (page: Page, name: AttackName) => page.evaluate((of) => window.hostile.counts(of), name)
