// What the tests of homes share: one network, one browser a home, and one tracker of each kind, made when first wanted
// and kept for the tests that follow. Knows no single test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { TrackerProcess } from '../../tooling/tracker-process'
import { Homes, type Server } from './homes'
import type { Extra } from './homes-table'
import { once } from './once'
import type { RouterKind } from './router'
import { type CoturnSettings, hasCoturn, hasNginx, ServerProcess } from './server-process'
import { test as base, expect, listen } from './test'

type Fixtures = {
  /** A profile of its own, in the browser of that home, which is behind such a router from now on. */
  personIn: (home: number, kind: RouterKind) => Promise<BrowserContext>
  /** Where people open the page of a tracker with these. */
  trackerWith: (extras: readonly Extra[]) => Promise<string>
}

/** The servers' numbers on the open network. */
const COTURN = 1
const TRACKERS = { plain: 2, coturn: 3, 'relay-off': 4 }
const NGINX_PORT = 8080

class Town {
  readonly #trackers = new Map<keyof typeof TRACKERS, Promise<{ server: Server; port: number }>>()
  readonly #proxied = new Map<string, Promise<string>>()
  readonly #running: { kill(): Promise<void> }[] = []
  readonly #directory = mkdtempSync(join(tmpdir(), 'town-'))

  constructor(readonly homes: Homes) {}

  async pageAt(extras: readonly Extra[]): Promise<string> {
    const kind = extras.includes('coturn') ? 'coturn' : extras.includes('relay-off') ? 'relay-off' : 'plain'
    const { server, port } = await once(this.#trackers, kind, () => this.#tracker(kind))
    if (!extras.includes('no-upgrade')) return `http://${server.address}:${port}/`
    return once(this.#proxied, kind, async () => {
      this.#running.push(
        await ServerProcess.nginx(server, NGINX_PORT, port, mkdtempSync(join(this.#directory, 'nginx-'))),
      )
      return `http://${server.address}:${NGINX_PORT}/`
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((process) => process.kill()))
    await this.homes.close()
    rmSync(this.#directory, { recursive: true })
  }

  /** Starts a tracker on a machine of its own, so that it has the ports that it takes by itself. */
  async #tracker(kind: keyof typeof TRACKERS): Promise<{ server: Server; port: number }> {
    const server = await this.homes.server(TRACKERS[kind])
    const settings =
      kind === 'coturn' ? await this.#coturn() : kind === 'relay-off' ? { RELAY_BYTES_PER_SECOND: '0' } : {}
    // The empty ones are unset: everything else is as it comes.
    const tracker = await TrackerProcess.onFreePort({ HOST: '', STUN_PORT: '', ...settings }, server.namespace.within)
    this.#running.push(tracker)
    return { server, port: tracker.port }
  }

  async #coturn(): Promise<CoturnSettings> {
    const { process, settings } = await ServerProcess.coturn(await this.homes.server(COTURN))
    this.#running.push(process)
    return settings
  }
}

const NO_NETWORKS = 'This user may not make networks of its own here, or nftables is not installed.'

export const test = base.extend<Fixtures, { town: Town | undefined }>({
  town: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
    async ({}, use) => {
      const homes = await Homes.open()
      const town = homes && new Town(homes)
      await use(town)
      await town?.close()
    },
    { scope: 'worker' },
  ],
  personIn: async ({ town, complaints }, use, testInfo) => {
    testInfo.skip(town === undefined, NO_NETWORKS)
    const contexts: BrowserContext[] = []
    await use(async (number, kind) => {
      if (!town) throw new Error(NO_NETWORKS)
      const { browser } = await town.homes.home(number, kind)
      const context = await browser.newContext()
      listen(context, complaints)
      contexts.push(context)
      return context
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
  trackerWith: async ({ town }, use, testInfo) => {
    testInfo.skip(town === undefined, NO_NETWORKS)
    await use(async (extras) => {
      testInfo.skip(extras.includes('coturn') && !hasCoturn(), 'There is no coturn here.')
      testInfo.skip(extras.includes('no-upgrade') && !hasNginx(), 'There is no nginx here.')
      if (!town) throw new Error(NO_NETWORKS)
      return town.pageAt(extras)
    })
  },
})

export { expect }
