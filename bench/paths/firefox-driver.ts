// Drives a Firefox from within its own network, where alone it can be reached, for whoever has forked this: `[path of
// Firefox, origin that it shall take for secure]`. Knows nothing of what the pages do.
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core'

/** `evaluate`: source of a function, and its argument. */
export type Order =
  | { do: 'open' }
  | { do: 'goto'; page: number; url: string }
  | { do: 'choose'; page: number; path: string }
  | { do: 'evaluate'; page: number; run: string; argument: unknown }
  | { do: 'close'; page: number }
  | { do: 'end' }
export type Numbered = { number: number; order: Order }
export type Answer = { number: number; result?: unknown; error?: string }

const [executablePath = '', origin = ''] = process.argv.slice(2)
const pages: Page[] = []
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  protocolTimeout: 600_000,
  extraPrefsFirefox: {
    // Nobody answers mDNS on a path.
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    // As it would be by HTTPS: with a digest and a disk.
    'dom.securecontext.allowlist': new URL(origin).hostname,
  },
})

async function perform(order: Order): Promise<unknown> {
  if (order.do === 'end') return browser.close()
  if (order.do === 'open') return pages.push(await browser.newPage()) - 1
  const page = pages[order.page] as Page
  if (order.do === 'close') return page.close()
  if (order.do === 'goto') return void (await page.goto(order.url))
  if (order.do === 'choose') {
    const input = await page.waitForSelector('[data-testid=file-input]')
    return (input as ElementHandle<HTMLInputElement>).uploadFile(order.path)
  }
  // tsx names inner functions through a helper that a page does not have.
  return page.evaluate(`globalThis.__name ??= (value) => value; (${order.run})(${JSON.stringify(order.argument)})`)
}

process.on('message', async ({ number, order }: Numbered) => {
  const answer: Answer = await perform(order).then(
    (result) => ({ number, result }),
    (error: unknown) => ({ number, error: String(error) }),
  )
  process.send?.(answer)
})
process.send?.({ number: -1 } satisfies Answer)
