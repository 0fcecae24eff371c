import { describe, expect, it } from 'vitest'
import type { TurnOutcome } from '../ports'
import { type GatheringConnection, hearTurn, namesTurn } from './turn-gathering'

type Listener = (event: object) => void

/** What is told of a connection that says these things one after another. */
function toldOf(...events: (string | { url: string | null; errorCode: number })[]): TurnOutcome[] {
  const listeners = new Map<string, Listener>()
  const connection = { addEventListener: (type: string, listener: Listener) => void listeners.set(type, listener) }
  const told: TurnOutcome[] = []
  hearTurn(connection as GatheringConnection, (outcome) => told.push(outcome))
  for (const event of events)
    if (typeof event === 'string')
      listeners.get('icecandidate')?.({ candidate: event === '' ? null : { candidate: event } })
    else listeners.get('icecandidateerror')?.(event)
  return told
}

const host = 'candidate:1 1 udp 2113937151 192.0.2.7 55912 typ host'
const relay = 'candidate:3 1 udp 50339839 192.0.2.2 63517 typ relay raddr 0.0.0.0 rport 0 generation 0'
const overUdp = 'turn:192.0.2.2:3478?transport=udp'
const overTcp = 'turns:192.0.2.2:3478?transport=tcp'

describe('what TURN servers answer', () => {
  it('is an address', () => {
    expect(toldOf(host, relay, '')).toEqual(['given'])
  })

  it.each([401, 403, 437, 441, 486, 508])('is no, with error %i', (errorCode) => {
    expect(toldOf(host, { url: overUdp, errorCode })).toEqual(['refused'])
  })

  it('is nothing, with error 701', () => {
    expect(toldOf({ url: overTcp, errorCode: 701 }, '')).toEqual(['unreachable'])
  })

  it('is the best of several: one that gives is enough, and one that refuses is there', () => {
    const silent = { url: overUdp, errorCode: 701 }
    const refused = { url: overTcp, errorCode: 401 }
    expect(toldOf(silent, refused, refused, relay)).toEqual(['unreachable', 'refused', 'given'])
    expect(toldOf(relay, refused, silent)).toEqual(['given'])
  })

  it('is not what a STUN server says, nor somebody of whom nothing is known', () => {
    expect(toldOf({ url: 'stun:192.0.2.2:3478', errorCode: 701 }, { url: null, errorCode: 701 })).toEqual([])
  })
})

it('names a TURN server where one of the addresses is one', () => {
  expect(namesTurn([{ urls: ['stun:a.example'] }])).toBe(false)
  expect(namesTurn([{ urls: ['stun:a.example'] }, { urls: ['stun:b.example', 'turns:b.example'] }])).toBe(true)
})
