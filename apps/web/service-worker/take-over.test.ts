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

/** Ports speak by turns of their own. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((next) => setImmediate(next))
}

/** `rounds`: the pages that there are, each time that it is asked. Time passes when nothing else happens. */
async function takenAfter(...rounds: PageWindow[][]): Promise<number | undefined> {
  let rings: (() => void)[] = []
  let asked = 0
  let taken: number | undefined
  let isOver = false
  const deciding = takeOverWhenIdle({
    windows: async () => rounds[Math.min(asked++, rounds.length - 1)] ?? [],
    takeOver: async () => {
      taken = asked
    },
    setTimeout: (ring) => rings.push(ring),
  }).then(() => {
    isOver = true
  })
  while (!isOver) {
    await turns()
    for (const ring of rings) ring()
    rings = []
  }
  await deciding
  return taken
}

const idle = pageThat(true)
const silent = pageThat(undefined)

it('takes over at once where every page is idle, and where there is none', async () => {
  expect(await takenAfter([idle, idle])).toBe(1)
  expect(await takenAfter([])).toBe(1)
})

it('waits for one page in which something is going on, however many are idle or silent', async () => {
  expect(await takenAfter([idle, pageThat(false), silent], [])).toBeUndefined()
})

it('asks again where one is silent: it may have gone by then, or be there', async () => {
  expect(await takenAfter([idle, silent], [idle])).toBe(2)
  expect(await takenAfter([silent], [silent], [idle])).toBe(3)
  expect(await takenAfter([silent], [pageThat(false)], [])).toBeUndefined()
})

it('takes one that never answers, or says what nobody asked, for busy', async () => {
  expect(await takenAfter([idle, silent])).toBeUndefined()
  expect(await takenAfter([pageThat('yes')])).toBeUndefined()
})
