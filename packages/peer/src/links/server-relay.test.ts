// The places that a peer has for ways through the server. The server is the test's.
import { describe, expect, it } from 'vitest'
import { ServerRelay } from './server-relay'

function world() {
  const told: string[] = []
  const ended: string[] = []
  let ms = 0
  const relay = new ServerRelay(
    { open: async () => 'done', tell: (event, { pair }) => void told.push(`${event} ${pair.trim()}`) },
    () => ms,
  )
  relay.isOffered = true
  const name = (pair: string) => pair.padStart(22, '0')
  const ask = (pair: string) =>
    relay.open('someone', name(pair), {
      opened: () => {},
      piece: () => {},
      read: () => {},
      ended: () => void ended.push(pair),
    }) !== undefined
  const pass = (more: number) => {
    ms += more
  }
  return { relay, told, ended, name, ask, pass }
}

describe('the ways through the server of one peer', () => {
  it('[RELAY-8] are four, and one of which nothing is heard makes way after 1.5 s, the first before others', () => {
    const { relay, told, ended, name, ask, pass } = world()
    expect(['a', 'b', 'c', 'd', 'e'].map(ask)).toEqual([true, true, true, true, false])
    relay.heard('relay', { pair: name('a'), sealed: 'x' })
    relay.heard('relay-opened', { pair: name('b') })
    pass(1_499)
    expect(ask('e')).toBe(false)
    pass(1)
    expect([ask('e'), ended, told]).toEqual([true, ['b'], [`relay-stop ${name('b')}`]])
    expect([ask('f'), ask('g'), ask('h'), ended]).toEqual([true, true, false, ['b', 'c', 'd']])
    pass(40_000)
    for (const pair of ['e', 'f', 'g']) relay.heard('relay', { pair: name(pair), sealed: 'x' })
    expect([ask('h'), ended]).toEqual([false, ['b', 'c', 'd']])
  })

  it('[RELAY-8] make way after 60 s in which nothing of a block has gone through them, the idlest first', () => {
    const { relay, ended, name, ask, pass } = world()
    for (const pair of ['a', 'b', 'c', 'd']) {
      ask(pair)
      relay.heard('relay', { pair: name(pair), sealed: 'x' })
    }
    pass(30_000)
    for (const pair of ['a', 'c', 'd']) relay.heard('relay', { pair: name(pair), sealed: 'x'.repeat(4_096) })
    pass(29_999)
    expect([ask('e'), ended]).toEqual([false, []])
    pass(1)
    expect([ask('e'), ended]).toEqual([true, ['b']])
  })
})
