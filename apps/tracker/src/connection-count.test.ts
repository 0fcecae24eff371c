import { expect, it } from 'vitest'
import { ConnectionCount } from './connection-count'

it('has room for an address up to its bound, and again when one closes', () => {
  const count = new ConnectionCount(2, 100)
  count.opened('a')
  count.opened('a')
  expect([count.hasRoomFor('a'), count.hasRoomFor('b')]).toEqual([false, true])
  count.closed('a')
  expect(count.hasRoomFor('a')).toBe(true)
})

it('has room for nobody when all together are at the bound', () => {
  const count = new ConnectionCount(2, 2)
  count.opened('a')
  count.opened('b')
  expect(count.hasRoomFor('c')).toBe(false)
  count.closed('b')
  expect(count.hasRoomFor('c')).toBe(true)
})
