// A page at an end of a path, in whichever browser, and what somebody does on it. Knows nothing of what is measured.
import type { BrowserContext } from '@playwright/test'
import { downloadInPage } from '../../tooling/download-watch'

export type FarPage = {
  goto(url: string): Promise<unknown>
  /** Chooses the file at this path on the home page. */
  choose(path: string): Promise<unknown>
  /** Runs a function in the page, as Playwright does: it knows nothing but its argument. */
  evaluate<Argument, Result>(run: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>
  close(): Promise<unknown>
}

export type FarBrowser = { newPage(): Promise<FarPage> }

export const farChromium = (browser: BrowserContext): FarBrowser => ({
  async newPage() {
    const page = await browser.newPage()
    return {
      goto: (url) => page.goto(url),
      choose: (path) => page.getByTestId('file-input').setInputFiles(path),
      // Its own type of an argument is narrower than ours, and at runtime the same.
      evaluate: (run, argument) => page.evaluate(run as never, argument as never),
      close: () => page.close(),
    }
  },
})

/** The link. */
export async function share(page: FarPage, home: string, path: string): Promise<string> {
  await page.goto(home)
  await page.choose(path)
  return page.evaluate(linkInPage, null)
}

/** Opens a link, and waits until the page could download. */
export async function open(page: FarPage, link: string): Promise<void> {
  await page.goto(link)
  await page.evaluate(readyInPage, null)
}

/** Seconds from the click to the last proved and stored chunk. */
export async function download(page: FarPage): Promise<number> {
  const { start, end } = await page.evaluate(downloadInPage, null)
  return (end - start) / 1000
}

// These run in the page.

async function linkInPage(): Promise<string> {
  while (!document.querySelector('[data-testid=share-link]')) await new Promise((resolve) => setTimeout(resolve, 50))
  // At the page's own address: another is shown for others.
  return window.swarmdrop.snapshot()[0]?.link ?? ''
}

async function readyInPage(): Promise<void> {
  while (!document.querySelector('[data-testid=transfer][data-phase=ready]'))
    await new Promise((resolve) => setTimeout(resolve, 50))
}
