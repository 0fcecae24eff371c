// Decides when a newer build may take the place of the one in charge. Knows nothing of builds.
import type { ToPage } from './messages'
import type { PageWindow } from './scope'

/** One that is frozen, or has not loaded so far, does not answer; and one that works may be late. */
const ANSWER_WITHIN_MS = 3_000

export type TakeOverPorts = {
  windows: () => Promise<readonly PageWindow[]>
  takeOver: () => Promise<void>
  setTimeout: (ring: () => void, ms: number) => unknown
}

/** Only where every page says that nothing is going on in it. Whoever does not answer has something going on. */
export async function takeOverWhenIdle({ windows, takeOver, setTimeout }: TakeOverPorts): Promise<void> {
  const answers = (await windows()).map((window) => isIdle(window, setTimeout))
  if ((await Promise.all(answers)).every(Boolean)) await takeOver()
}

function isIdle(window: PageWindow, setTimeout: TakeOverPorts['setTimeout']): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true)
    setTimeout(() => resolve(false), ANSWER_WITHIN_MS)
    window.postMessage({ kind: 'are-you-idle' } satisfies ToPage, [port2])
  }).finally(() => port1.close())
}
