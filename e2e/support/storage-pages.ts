// Pages with the web app's adapters in them: on a secure origin, and on one without HTTPS. Knows no single adapter.
import type { BrowserContext, Page } from '@playwright/test'
import { storageAnswer } from './storage-origin'

// No server answers at these: every request is answered from a bundle made here.
export const SECURE = 'https://secure.test/'
export const PLAIN = 'http://plain.test/'

export async function openPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage()
  await page.route(`${origin}**`, async (route) => route.fulfill(await storageAnswer(route.request().url())))
  await page.goto(origin)
  await page.waitForFunction(() => 'adapters' in window)
  return page
}
