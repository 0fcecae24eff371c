import { describe, expect, it } from 'vitest'
import { type ConnectionBounds, OpenConnections, type Phase } from './open-connections'

function openPlaces(bounds: Partial<ConnectionBounds> = {}) {
  const open = new OpenConnections({
    connectionsPerAddress: 3,
    connections: 100,
    requestsPerAddress: 3,
    stalledMs: 2_000,
    ...bounds,
  })
  const ended: string[] = []
  const enter = (name: string, phase: Phase = 'waiting', now = 0, address = 'a') =>
    open.enter(address, phase, () => ended.push(name), now)
  return { open, ended, enter }
}

describe('past its bound, an address', () => {
  it('gets a place for the newest, and loses the one that has waited longest', () => {
    const { open, ended, enter } = openPlaces()
    for (const name of ['first', 'second', 'third']) enter(name)
    expect(enter('fourth')).toBeDefined()
    expect([ended, open.size]).toEqual([['first'], 3])
  })

  it('keeps what is being answered, and the sockets', () => {
    const { open, ended, enter } = openPlaces()
    const first = enter('first')
    if (first) open.become(first, 'answering', 0)
    enter('socket', 'socket')
    enter('waiting')
    expect(enter('next')).toBeDefined()
    expect(ended).toEqual(['waiting'])
  })

  it('loses an answer that nobody reads, and not one that has only begun', () => {
    const { ended, enter } = openPlaces()
    for (const name of ['first', 'second', 'third']) enter(name, 'answering')
    expect(enter('soon', 'waiting', 1_999)).toBeUndefined()
    expect(enter('later', 'waiting', 2_000)).toBeDefined()
    expect(ended).toEqual(['first'])
  })

  it('is refused where all its places are sockets, and let in when one closes', () => {
    const { open, enter } = openPlaces()
    const sockets = ['first', 'second', 'third'].map((name) => enter(name, 'socket'))
    expect(enter('fourth')).toBeUndefined()
    if (sockets[1]) open.leave(sockets[1])
    expect(enter('fourth')).toBeDefined()
  })

  it('has fewer places for requests than for sockets', () => {
    const { ended, enter } = openPlaces({ requestsPerAddress: 1 })
    enter('first')
    enter('second')
    expect(ended).toEqual(['first'])
    expect(enter('third', 'socket')).toBeDefined()
  })

  it('takes nothing from other addresses', () => {
    const { ended, enter } = openPlaces()
    for (let i = 0; i < 50; i++) enter(`${i}`)
    expect(enter('other', 'waiting', 0, 'b')).toBeDefined()
    expect(ended).toHaveLength(47)
  })
})

it('has room for nobody when all together are at the bound', () => {
  const { enter } = openPlaces({ connections: 2 })
  const places = [enter('a', 'socket'), enter('b', 'socket', 0, 'b')]
  expect([...places.map((place) => place !== undefined), enter('c', 'socket', 0, 'c')]).toEqual([true, true, undefined])
})

it('counts a place that is left twice once', () => {
  const { open, enter } = openPlaces()
  const place = enter('first')
  enter('second')
  if (place) for (let i = 0; i < 3; i++) open.leave(place)
  expect(open.size).toBe(1)
})

it('ends answers that take too long, and no others', () => {
  const { open, ended, enter } = openPlaces()
  enter('old', 'answering', 0)
  enter('new', 'answering', 500)
  enter('waiting', 'waiting', 0)
  open.endAnswersOlderThan(1_000, 1_200)
  expect(ended).toEqual(['old'])
})
