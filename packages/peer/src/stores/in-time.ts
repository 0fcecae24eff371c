// How long a storage may take to answer. Knows no storage.
import { answerWithin } from '../time/answer-within'
import type { Waiting } from '../time/timers'
import { storageSilent } from './store-errors'

/** The time for what a person waits for before anything is shown. Storages that answer at all need a tenth of it. */
export const FIRST_ANSWER_MS = 2_000
/** The time for what is under way: a disk that is busy with something else is no reason to give up what is on it. */
export const LATER_ANSWER_MS = 20_000

/** The answer; rejects with StoreError where none comes in time. */
export const inTime = <T>(time: Waiting, ms: number, answer: Promise<T>): Promise<T> =>
  answerWithin(time, ms, answer, storageSilent)

/** Runs what takes long and tells how far it is: between two signs of life, no longer than `ms` may pass. */
export async function inTimeEach<T>(time: Waiting, ms: number, run: (alive: () => void) => Promise<T>): Promise<T> {
  let hear = () => {}
  const nextSign = () =>
    new Promise<undefined>((resolve) => {
      hear = () => resolve(undefined)
    })
  let sign = nextSign()
  const answer = run(() => hear()).then((value) => ({ value }))
  for (;;) {
    const heard = await inTime(time, ms, Promise.race([answer, sign]))
    if (heard) return heard.value
    sign = nextSign()
  }
}
