// The test that all specs use: a `complaints` list that must stay empty, and receivers each with a browser profile of
// their own.
import { type BrowserContext, test as base, expect } from '@playwright/test'

type Fixtures = {
  /** What the consoles of this test's pages may say: a browser is not silent about a server that is gone. */
  allowedComplaint: RegExp | undefined
  /** Errors and warnings that the pages have written to their consoles, or thrown. */
  complaints: string[]
  /** Another person: a browser profile that shares nothing with the other ones. Closed after the test. */
  newPerson: () => Promise<BrowserContext>
}

/** Keeps what the consoles of a context's pages complain of. */
export function listen(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  context.on('weberror', (thrown) => complaints.push(String(thrown.error())))
}

export const test = base.extend<Fixtures>({
  allowedComplaint: [undefined, { option: true }],
  complaints: [
    async ({ allowedComplaint }, use) => {
      const complaints: string[] = []
      await use(complaints)
      const unexpected = complaints.filter((text) => !allowedComplaint?.test(text))
      expect(unexpected, 'errors and warnings in the consoles').toEqual([])
    },
    { auto: true },
  ],
  context: async ({ context, complaints }, use) => {
    listen(context, complaints)
    await use(context)
  },
  newPerson: async ({ browser, baseURL, complaints }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL })
      listen(context, complaints)
      contexts.push(context)
      return context
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

export { expect }
