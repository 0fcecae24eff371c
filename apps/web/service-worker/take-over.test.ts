import { expect, it } from 'vitest'
import type { ToPage } from './messages'
import type { PageWindow } from './scope'
import { takeOverWhenIdle } from './take-over'

/** `answer`: undefined: it never says anything, as a frozen tab. */
function pageThat(answer: unknown): PageWindow {
  const postMessage = (message: unknown, [port]: Transferable[] = []) => {
    expect((message as ToPage).kind).toBe('are-you-idle')
    if (answer !== undefined) (port as MessagePort).postMessage(answer)
  }
  return { id: '1', postMessage, focus: async () => {} }
}

/** Time passes when the test says so. */
async function isTaken(pages: PageWindow[]): Promise<boolean> {
  const rings: (() => void)[] = []
  let taken = false
  const deciding = takeOverWhenIdle({
    windows: async () => pages,
    takeOver: async () => {
      taken = true
    },
    setTimeout: (ring) => rings.push(ring),
  })
  // Ports speak by turns of their own.
  for (let turn = 0; turn < 10; turn++) await new Promise((next) => setImmediate(next))
  expect(taken && pages.some(({ id }) => id === 'silent')).toBe(false)
  for (const ring of rings) ring()
  await deciding
  return taken
}

const idle = pageThat(true)

it('takes over where every page is idle, and where there is none', async () => {
  expect(await isTaken([idle, idle])).toBe(true)
  expect(await isTaken([])).toBe(true)
})

it('waits for one page in which something is going on, however many are idle', async () => {
  expect(await isTaken([idle, pageThat(false), idle])).toBe(false)
})

it('takes one that does not answer, or says what nobody asked, for busy', async () => {
  expect(await isTaken([idle, { ...pageThat(undefined), id: 'silent' }])).toBe(false)
  expect(await isTaken([pageThat('yes')])).toBe(false)
})
