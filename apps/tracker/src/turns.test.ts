import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Turns } from './turns'

it('lets one with a single request in between the many of another, and keeps the order of each', async () => {
  const turns = new Turns()
  const done: string[] = []
  for (let i = 0; i < 100; i++) turns.add('many', () => done.push(`many ${i}`))
  turns.add('one', () => done.push('one'))
  expect(done).toEqual([])
  for (let round = 0; round < 3; round++) await nextTurn()
  expect(done).toEqual(['many 0', 'one', 'many 1'])
  while (done.length < 101) await nextTurn()
  expect(done.at(-1)).toBe('many 99')
})

it('goes on when it has been idle', async () => {
  const turns = new Turns()
  let done = 0
  for (let i = 0; i < 3; i++) {
    turns.add('a', () => done++)
    await nextTurn()
  }
  expect(done).toBe(3)
})

it('lets newcomers in first, and goes on all the same where they never end', async () => {
  const turns = new Turns()
  let done = 0
  for (let i = 0; i < 10; i++) turns.add('a', () => done++)
  for (let round = 0; round < 16; round++) {
    turns.newcomer()
    await nextTurn()
  }
  expect(done).toBe(2)
  for (let round = 0; round < 3; round++) await nextTurn()
  expect(done).toBe(5)
})
