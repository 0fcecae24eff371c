// Waits for an answer, and no longer than it may take. Knows nothing of who answers.
import type { Waiting } from './timers'

/**
 * A runtime that stood still hears late of what was answered long ago: of the time, only so many parts each count once.
 */
const PARTS = 4

/**
 * The answer, or what `late` makes, thrown, once `ms` have passed in which this runtime could have heard it. What comes
 * after that is heard by nobody.
 */
export function answerWithin<T>(time: Waiting, ms: number, answer: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    let passed = 0
    let stop = () => {}
    const pass = () => {
      if (passed++ === PARTS) reject(late())
      else stop = time.after(ms / PARTS, pass)
    }
    pass()
    answer.then(resolve, reject).finally(() => stop())
  })
}
