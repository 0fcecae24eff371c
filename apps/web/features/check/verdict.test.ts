// One sentence for every network: each combination of ways, and each that matters by name.
import type { CheckFacts } from '@swarmdrop/peer/check'
import { describe, expect, it } from 'vitest'
import { carried, home, lost, withoutUdp } from './testing/facts'
import { verdictOf } from './verdict'

const titleOf = (facts: Partial<CheckFacts>, isLocal = false) => {
  const { tone, title } = verdictOf(facts, isLocal)
  return `${tone}: ${title}`
}
const noTurn: CheckFacts['turn'] = { named: false }
const noServer: CheckFacts['server'] = { relays: false }

describe('the verdict', () => {
  it.each<[string, Partial<CheckFacts>, string]>([
    ['at home', home, 'good: Files will reach you directly'],
    ['without a relay', { ...home, turn: noTurn, server: noServer }, 'good: Files will reach you directly'],
    ['UDP blocked, TURN over TCP', { ...withoutUdp, turn: home.turn }, 'weak: Only through a relay: slower'],
    ['UDP blocked, the server relays', withoutUdp, 'weak: Only through the server: slower'],
    [
      'UDP blocked, and no other way',
      { ...withoutUdp, server: noServer },
      'weak: Only people in your own network can reach you',
    ],
    [
      'TURN refuses',
      { ...withoutUdp, turn: { named: true, addresses: [], refusedWith: 401 } },
      'weak: Only through the server: slower',
    ],
    ['no link opens at all', { ...home, direct: lost }, 'weak: Only through a relay: slower'],
    ['no link opens, no TURN', { ...home, direct: lost, turn: noTurn }, 'weak: Only through the server: slower'],
    [
      'nothing opens',
      { ...home, direct: lost, turn: noTurn, server: { relays: true, loop: lost } },
      'bad: Files cannot reach you here',
    ],
    ['no WebRTC', { ...home, webRtc: 'missing' }, 'bad: This browser cannot send or receive'],
    ['WebRTC refused', { ...home, webRtc: 'refused' }, 'bad: This browser cannot send or receive'],
    ['the tracker down', { ...home, tracker: { reached: 'no', web: 'nothing' } }, 'bad: Nobody can find you from here'],
    [
      'the tracker busy',
      { ...home, tracker: { reached: 'websocket', roundTripMs: 1, refused: 'rate-limited' } },
      'weak: The server is refusing requests from you',
    ],
    ['address hidden', { ...home, relayOnly: true }, 'weak: Only through a relay: slower'],
    ['address hidden, no TURN', { ...home, relayOnly: true, turn: noTurn }, 'weak: Only through the server: slower'],
    [
      'address hidden, no relay of any kind',
      { ...home, relayOnly: true, turn: noTurn, server: noServer },
      'bad: Files cannot reach you here',
    ],
  ])('%s', (_, facts, expected) => expect(titleOf(facts)).toBe(expected))

  it('needs no STUN where the server is in this very network', () => {
    const facts: CheckFacts = { ...home, stun: { named: false }, turn: noTurn, server: noServer }
    expect(titleOf(facts, true)).toBe('good: Files will reach you directly')
    expect(titleOf(facts, false)).toBe('weak: Only people in your own network can reach you')
  })

  it('says what to do about a tracker out of reach', () => {
    const means = (web: 'tracker' | 'other' | 'nothing') =>
      verdictOf({ ...home, tracker: { reached: 'no', web } }, false).means
    expect(means('tracker')).toContain('Try another network')
    expect(means('other')).toContain('login page')
    expect(means('nothing')).toContain('Check that you are online')
  })

  it('adds what polling and memory mean', () => {
    const { means } = verdictOf(
      { ...home, tracker: { reached: 'polling', roundTripMs: 80 }, storage: { keeps: 'memory' } },
      false,
    )
    expect(means).toContain('WebSockets are blocked')
    expect(means).toContain('Keep the tab open')
  })

  it('is good only where a direct way leads out, and bad only where there is none at all, in every combination', () => {
    const loops = [carried, lost]
    for (const direct of loops)
      for (const answered of [true, false])
        for (const turn of loops)
          for (const server of loops)
            for (const relayOnly of [true, false])
              for (const isLocal of [true, false]) {
                const facts: CheckFacts = {
                  ...home,
                  direct,
                  stun: { named: true, addresses: [], answered },
                  turn: { named: true, addresses: [], loop: turn },
                  server: { relays: true, loop: server },
                  relayOnly,
                }
                const { tone, means } = verdictOf(facts, isLocal)
                const isDirect = direct.carried && !relayOnly
                const isGood = isDirect && (answered || isLocal)
                const isBad = !isDirect && !turn.carried && !server.carried
                expect([tone, JSON.stringify(facts)]).toEqual([
                  isGood ? 'good' : isBad ? 'bad' : 'weak',
                  JSON.stringify(facts),
                ])
                expect(means).toMatch(/\.$/)
                // Its place is kept for so much.
                expect(means.length).toBeLessThan(160)
              }
  })

  it('has something true to say of a check of which nothing came', () => {
    expect(titleOf({})).toBe('bad: This browser cannot send or receive')
    expect(titleOf({ webRtc: 'there' })).toBe('bad: Nobody can find you from here')
  })
})
