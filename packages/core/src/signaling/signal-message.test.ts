import { describe, expect, it } from 'vitest'
import { drawAttemptId, SignalMessage } from './signal-message'
import { TabKey } from './tab-key'

const attempt = drawAttemptId((length) => new Uint8Array(length).fill(5))
const tab = new TabKey((length) => new Uint8Array(length).fill(7)).name
const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 }
const isTaken = (message: unknown) => SignalMessage.safeParse(message).success

describe('what is said under the seal', () => {
  it('[SIGNAL-1] is an offer, an answer, a candidate or an end, of one attempt and from one tab', () => {
    for (const signal of [
      { type: 'offer', sdp: 'v=0' },
      { type: 'answer', sdp: 'v=0' },
      { type: 'candidate', candidate },
      { type: 'candidate', candidate: { candidate: '', sdpMid: null, sdpMLineIndex: null } },
      { type: 'end' },
      { type: 'end', reason: 'enough neighbours' },
    ]) {
      expect(SignalMessage.parse({ attempt, tab, signal })).toEqual({ attempt, tab, signal })
    }
  })

  it('[SIGNAL-1] is refused in any other form', () => {
    for (const signal of [
      undefined,
      { type: 'offer' },
      { type: 'pranswer', sdp: 'v=0' },
      { type: 'renegotiate', renegotiate: true },
      { type: 'candidate', candidate: 'candidate:1' },
      { type: 'candidate', candidate: { ...candidate, candidate: 'x'.repeat(1_025) } },
      { type: 'candidate', candidate: { ...candidate, sdpMLineIndex: -1 } },
      { type: 'end', reason: 'x'.repeat(1_025) },
      { sdp: 'v=0' },
    ]) {
      expect(isTaken({ attempt, tab, signal })).toBe(false)
    }
    for (const message of [null, 'offer', [], {}]) expect(isTaken(message)).toBe(false)
  })

  it('[NAME-1] may say with an offer or an answer what the device is called; what cannot be a name is passed over', () => {
    const named = (name: unknown) => {
      const said = { attempt, tab, signal: { type: 'offer', sdp: 'v=0', name } }
      const { signal } = SignalMessage.parse(JSON.parse(JSON.stringify(said)))
      return signal.type === 'offer' && signal.name
    }
    expect(named('Chrome on Android')).toBe('Chrome on Android')
    for (const other of [undefined, null, 7, ['Ana'], 'x'.repeat(1_025)]) expect(named(other)).toBeUndefined()
  })

  it('[SIGNAL-3] names the tab that sends it by a key, and may carry a signature', () => {
    const signal = { type: 'end' }
    expect(isTaken({ attempt, tab, signal })).toBe(true)
    for (const other of [undefined, null, '', 'A'.repeat(22), 'A'.repeat(44), `${'A'.repeat(42)}+`])
      expect(isTaken({ attempt, tab: other, signal })).toBe(false)
    expect(isTaken({ attempt, tab, signal, proof: 'A'.repeat(86) })).toBe(true)
    for (const other of [null, '', 'A'.repeat(85), 'A'.repeat(87), `${'A'.repeat(85)}+`])
      expect(isTaken({ attempt, tab, signal, proof: other })).toBe(false)
  })

  it('[SIGNAL-2] names its attempt by 16 random bytes', () => {
    const signal = { type: 'offer', sdp: 'v=0' }
    expect(attempt).toHaveLength(22)
    for (const other of [undefined, '', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}+`]) {
      expect(isTaken({ attempt: other, tab, signal })).toBe(false)
    }
  })
})
