// Tabs that attack a swarm, each in the manner that it is told. Knows nothing of what an attack should come to.
import type { BrowserContext, Page } from '@playwright/test'
import type { AttackName } from '../hostile-page'
import { runInPage } from './page-bundle'

/**
 * A tab on the home page, whose policy lets it reach the tracker, that joins the link's swarm and attacks all whom it
 * meets.
 */
export async function openAttacker(context: BrowserContext, name: AttackName, link: string): Promise<Page> {
  const page = await openHostile(context)
  await page.evaluate(([kind, to]) => window.hostile.attack(kind, to), [name, link] as const)
  return page
}

/**
 * A tab with so many sockets in the link's swarm, without WebRTC, each of which offers a connection to everybody so
 * often.
 */
export async function openOffersInVain(
  context: BrowserContext,
  link: string,
  sockets: number,
  everyMs: number,
): Promise<Page> {
  const page = await openHostile(context)
  await page.evaluate(([to, count, ms]) => window.hostile.offerInVain(to, count, ms), [link, sockets, everyMs] as const)
  return page
}

async function openHostile(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/')
  await runInPage(page, 'hostile-page.ts')
  return page
}

/** How many it has attacked, and how many have hung up on it. */
export const countsOf = (attacker: Page) => attacker.evaluate(() => window.hostile.counts())
