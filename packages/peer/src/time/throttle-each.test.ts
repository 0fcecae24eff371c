import { expect, it } from 'vitest'
import { VirtualTime } from '../testing/virtual-time'
import { ThrottleEach } from './throttle-each'

it('does at once what one calls for first, and then of each interval the last, for each by itself', () => {
  const time = new VirtualTime()
  const pace = new ThrottleEach<string>(time, 1_000)
  const done: string[] = []
  const call = (key: string, what: string) => pace.call(key, () => done.push(what))
  call('a', 'a1')
  call('a', 'a2')
  call('b', 'b1')
  call('a', 'a3')
  expect(done).toEqual(['a1', 'b1'])
  time.pass(999)
  expect(done).toEqual(['a1', 'b1'])
  time.pass(1)
  expect(done).toEqual(['a1', 'b1', 'a3'])
  call('a', 'a4')
  pace.cancel()
  time.pass(5_000)
  expect(done).toEqual(['a1', 'b1', 'a3'])
})

it('drops what waits of one alone, which is as slow as before', () => {
  const time = new VirtualTime()
  const pace = new ThrottleEach<string>(time, 1_000)
  const done: string[] = []
  const call = (key: string, what: string) => pace.call(key, () => done.push(what))
  for (const what of ['a1', 'a2']) call('a', what)
  for (const what of ['b1', 'b2']) call('b', what)
  pace.drop('a')
  pace.drop('nobody')
  time.pass(500)
  call('a', 'a3')
  expect(done).toEqual(['a1', 'b1'])
  time.pass(500)
  expect(done.toSorted()).toEqual(['a1', 'a3', 'b1', 'b2'])
  call('c', 'c1')
  call('c', 'c2')
  pace.drop('c')
  time.pass(5_000)
  expect(done).not.toContain('c2')
})
