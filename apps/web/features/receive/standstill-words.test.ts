import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { isAlone, standstillOf } from './standstill-words'

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const transfer = (facts: Partial<TransferSnapshot>) =>
  ({
    phase: 'downloading',
    tracker: 'online',
    bytesChosen: 21e6,
    chunksChosen: 80,
    chunksHeld: 20,
    keeping: 'kept',
    neighbours: [],
    ...facts,
  }) as TransferSnapshot

describe('a download that stands still', () => {
  it('says what is kept, that it goes on by itself, and whom to ask', () => {
    const why = standstillOf(transfer({}), true)
    expect(plain(why?.words)).toBe(
      '5.3 MB of 21.0 MB are kept. This page continues automatically when they come back. Ask the sender to open it again.',
    )
    expect(why?.way).toBe('ask')
    expect(plain(standstillOf(transfer({ keeping: 'while-open' }), true)?.words)).toMatch(
      /^5.3 MB of 21.0 MB are here\./,
    )
    expect(standstillOf(transfer({ chunksHeld: 0 }), true)?.words).toMatch(/^ ?This page continues/)
  })

  it('does not blame the sender for a line of one’s own that is cut', () => {
    const why = standstillOf(transfer({ tracker: 'offline' }), true)
    expect(why?.title).toBe('The connection is lost')
    expect(why?.way).toBeUndefined()
  })

  it('says nothing too early, nor where a way to somebody is looked for, or somebody has what is missing', () => {
    expect(standstillOf(transfer({}), false)).toBeUndefined()
    const useful = [{ amInterested: true }] as NeighbourSnapshot[]
    const useless = [{ amInterested: false }] as NeighbourSnapshot[]
    expect([transfer({ neighbours: useless }), transfer({})].map(isAlone)).toEqual([true, true])
    expect(isAlone(transfer({ neighbours: useful }))).toBe(false)
    expect(isAlone(transfer({ connectionProblem: 'Somebody is there, but …' }))).toBe(false)
    expect(isAlone(transfer({ phase: 'paused' }))).toBe(false)
  })

  it('says how much room is missing, and which copies would make it', () => {
    const full = transfer({ phase: 'paused', fault: 'no-space', problem: 'There is no space left.' })
    expect(plain(standstillOf(full, false)?.title)).toBe('15.8 MB more are needed')
    expect(standstillOf(full, false)?.way).toBeUndefined()
    const could = standstillOf({ ...full, couldGo: [{ name: 'old.bin', bytes: 20e6 }] }, false)
    expect(could?.way).toBe('make-room')
    expect(could?.words).toMatch(/^There is no space left\. .*old\.bin/)
  })

  it('says what stopped it, and nothing of a pause that was meant', () => {
    expect(
      standstillOf(transfer({ phase: 'paused', fault: 'silent', problem: 'The disk does not answer.' }), false),
    ).toEqual({
      title: 'The download has stopped',
      words: 'The disk does not answer.',
    })
    expect(standstillOf(transfer({ phase: 'paused' }), false)).toBeUndefined()
  })
})
