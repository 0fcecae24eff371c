import { describe, expect, it } from 'vitest'
import { seededRandom } from '../testing/test-content'
import { drawAttemptId, type Signal, SignalMessage } from './signal-message'
import { isFromItsTab, TabKey } from './tab-key'

const draw = seededRandom(1)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(draw() * 256))
const own = new TabKey(randomBytes)
const other = new TabKey(randomBytes)
const meeting = { from: 'A'.repeat(22), to: 'B'.repeat(22), attempt: drawAttemptId(randomBytes) }
const offer: Signal = { type: 'offer', sdp: 'a=fingerprint:sha-256 AB:CD' }
const answer: Signal = { type: 'answer', sdp: 'a=fingerprint:sha-256 AB:CD' }

describe('a tab’s name', () => {
  it('[SIGNAL-3] is proved by what the tab signs, and the message has the form of a signal', () => {
    for (const signal of [offer, answer]) {
      const message = own.message(meeting, signal)
      expect(SignalMessage.parse(message)).toEqual(message)
      expect(isFromItsTab(message, meeting)).toBe(true)
    }
    expect(other.name).not.toBe(own.name)
  })

  it('[SIGNAL-3] is not proved for any other name, description, attempt, sender, receiver or kind', () => {
    const message = own.message(meeting, offer)
    expect(isFromItsTab({ ...message, tab: other.name }, meeting)).toBe(false)
    expect(isFromItsTab({ ...message, signal: { ...offer, sdp: 'a=fingerprint:sha-256 EF:01' } }, meeting)).toBe(false)
    expect(isFromItsTab({ ...message, signal: answer }, meeting)).toBe(false)
    expect(isFromItsTab({ ...message, attempt: drawAttemptId(randomBytes) }, meeting)).toBe(false)
    expect(isFromItsTab(message, { ...meeting, from: 'C'.repeat(22) })).toBe(false)
    expect(isFromItsTab(message, { ...meeting, to: 'C'.repeat(22) })).toBe(false)
  })

  it('[SIGNAL-3] is not proved without a signature, nor by any bytes, and nothing is thrown', () => {
    const { proof = '', ...bare } = own.message(meeting, offer)
    expect(isFromItsTab(bare, meeting)).toBe(false)
    for (const forged of ['', 'A', 'A'.repeat(86), proof.slice(1), `${proof}A`, '!'.repeat(86)])
      expect(isFromItsTab({ ...bare, proof: forged }, meeting)).toBe(false)
    for (const name of ['', 'A'.repeat(43), `${'_'.repeat(42)}8`, '!'.repeat(43)])
      expect(isFromItsTab({ ...bare, proof, tab: name }, meeting)).toBe(false)
  })

  it('[SIGNAL-3] need not be proved for candidates and ends, which belong to an attempt', () => {
    const message = own.message(meeting, { type: 'end' })
    expect(message.proof).toBeUndefined()
    expect(isFromItsTab(message, meeting)).toBe(true)
  })
})
