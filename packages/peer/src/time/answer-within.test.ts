// In virtual time, and with a runtime that stands still.
import { expect, it } from 'vitest'
import { VirtualTime } from '../testing/virtual-time'
import { answerWithin } from './answer-within'
import { Timers } from './timers'

const late = () => new Error('no answer')
const later = (time: VirtualTime, ms: number) => new Promise<string>((resolve) => time.after(ms, () => resolve('here')))
const outcome = (answer: Promise<unknown>) => answer.then(String, (error: Error) => error.message)

it('gives the answer that comes in time, and an error in place of one that does not', async () => {
  const time = new VirtualTime()
  const outcomes = [1_900, 2_100].map((ms) => outcome(answerWithin(time, 2_000, later(time, ms), late)))
  await time.run(3_000)
  expect(await Promise.all(outcomes)).toEqual(['here', 'no answer'])
})

it('rejects as the answer does, and leaves no alarm behind', async () => {
  const time = new VirtualTime()
  expect(await outcome(answerWithin(time, 2_000, Promise.reject(new Error('refused')), late))).toBe('refused')
  expect(await answerWithin(time, 2_000, Promise.resolve(7), late)).toBe(7)
  await time.run(10_000)
  expect(time.rung).toBe(0)
})

it('does not count the time in which the runtime stood still', async () => {
  let nowMs = 0
  let ring = () => {}
  const time = new Timers({
    now: () => nowMs,
    wallMs: () => nowMs,
    setAlarm: (_, run) => {
      ring = run
    },
    clearAlarm: () => {},
  })
  let answer = (_: string) => {}
  const heard = outcome(answerWithin(time, 2_000, new Promise<string>((resolve) => (answer = resolve)), late))
  for (let sleeps = 0; sleeps < 3; sleeps++) {
    nowMs += 600_000
    ring()
  }
  answer('here')
  expect(await heard).toBe('here')
})
