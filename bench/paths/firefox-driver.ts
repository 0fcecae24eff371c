// Drives a Firefox from within its own network, where alone it can be reached, for the process that has forked this:
// `[path of Firefox, origin that it shall take for secure]`. Knows nothing of what the pages do.
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core'

/** `evaluate`: source of a function, and its argument. */
export type Command =
  | { do: 'open' }
  | { do: 'goto'; page: number; url: string }
  | { do: 'choose'; page: number; path: string }
  | { do: 'evaluate'; page: number; run: string; argument: unknown }
  | { do: 'close'; page: number }
  | { do: 'end' }
export type Numbered = { number: number; command: Command }
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

async function perform(command: Command): Promise<unknown> {
  if (command.do === 'end') return browser.close()
  if (command.do === 'open') return pages.push(await browser.newPage()) - 1
  const page = pages[command.page] as Page
  if (command.do === 'close') return page.close()
  if (command.do === 'goto') return void (await page.goto(command.url))
  if (command.do === 'choose') {
    const input = await page.waitForSelector('[data-testid=file-input]')
    return (input as ElementHandle<HTMLInputElement>).uploadFile(command.path)
  }
  // tsx names inner functions through a helper that a page does not have.
  return page.evaluate(`globalThis.__name ??= (value) => value; (${command.run})(${JSON.stringify(command.argument)})`)
}

process.on('message', async ({ number, command }: Numbered) => {
  const answer: Answer = await perform(command).then(
    (result) => ({ number, result }),
    (error: unknown) => ({ number, error: String(error) }),
  )
  process.send?.(answer)
})
process.send?.({ number: -1 } satisfies Answer)
