// Decides when a newer build may take the place of the one in charge. Knows nothing of builds.
import type { ToPage } from './messages'
import type { PageWindow } from './scope'

const ANSWER_WITHIN_MS = 3_000
/** How often pages are asked: one that says nothing may be on its way out, or still on its way in. */
const ROUNDS = 4

export type TakeOverPorts = {
  windows: () => Promise<readonly PageWindow[]>
  takeOver: () => Promise<void>
  setTimeout: (ring: () => void, ms: number) => unknown
}

/**
 * Takes over where every page says that nothing is going on in it. A page that never answers, as one that is frozen,
 * counts as busy.
 */
export async function takeOverWhenIdle({ windows, takeOver, setTimeout }: TakeOverPorts): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const answers = await Promise.all((await windows()).map((window) => isIdle(window, setTimeout)))
    if (answers.every((idle) => idle === true)) return takeOver()
    if (answers.includes(false)) return
  }
}

/** Whether a page is idle; undefined: it says nothing. */
function isIdle(window: PageWindow, setTimeout: TakeOverPorts['setTimeout']): Promise<boolean | undefined> {
  const { port1, port2 } = new MessageChannel()
  return new Promise<boolean | undefined>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true)
    setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS)
    window.postMessage({ kind: 'are-you-idle' } satisfies ToPage, [port2])
  }).finally(() => port1.close())
}
