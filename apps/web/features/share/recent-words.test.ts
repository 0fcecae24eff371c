import type { KeptTransfer } from '@swarmdrop/peer/library'
import { describe, expect, it } from 'vitest'
import { recentWords, spaceWords } from './recent-words'

const half: KeptTransfer = {
  id: 'a',
  name: 'a.bin',
  bytes: 20_971_520,
  openedAtMs: 0,
  role: 'receiver',
  place: 'files',
  stage: 'fetching',
  heldBytes: 10_485_760,
  saved: false,
}
const shared: KeptTransfer = {
  id: 'b',
  name: 'b.bin',
  bytes: 5e6,
  openedAtMs: 0,
  role: 'sender',
  lone: true,
  handles: [],
}

const NOW = new Date(2026, 10, 29, 0, 5).getTime()
const words = (transfer: KeptTransfer) => recentWords(transfer, NOW)

describe('what is said of a kept transfer', () => {
  it('is how far it is, and what it takes: a file’s space is taken whole, a database grows', () => {
    expect(words(half)).toMatch(/^Stopped at 50.% of 21\.0.MB\. Takes 21\.0.MB here\. Opened/)
    expect(words({ ...half, place: 'database', stage: 'paused' })).toMatch(/^Paused at 50.% .* Takes 10\.5.MB here/)
    expect(words({ ...half, stage: 'complete', saved: true })).toMatch(/^Received, all of 21\.0.MB, and saved\./)
    expect(words({ ...half, stage: 'complete', handedOver: true })).toMatch(/21\.0.MB, and handed to your browser\./)
    const part = {
      ...half,
      chosen: Uint8Array.of(128),
      placed: { runs: [[0, 40]] as [number, number][], bytes: 10_485_760 },
    }
    expect(words({ ...part, stage: 'complete' })).toMatch(
      /^Received, 10\.5.MB that you chose of 21\.0.MB\. Takes 10\.5.MB here\. /,
    )
    expect(words({ ...part, heldBytes: 5_242_880 })).toMatch(/^Stopped at 50.% of 10\.5.MB/)
    expect(words(shared)).toMatch(/^Shared from here, 5\.0.MB\. Takes no space\. /)
  })

  it('ends with the day on which it was open last', () => {
    const on = (...at: [number, number, number, number]) =>
      words({ ...shared, openedAtMs: new Date(...at).getTime() }).replace(/^.* space\. /, '')
    expect(on(2026, 10, 29, 0)).toBe('Opened today.')
    expect(on(2026, 10, 28, 23)).toBe('Opened yesterday.')
    expect(on(2026, 10, 27, 23)).toBe('Opened November 27.')
  })

  it('closes with the total and the rule', () => {
    expect(spaceWords([half, shared])).toMatch(/^In all they take 21\.0.MB of this device\. .* 14 days/)
    expect(spaceWords([shared])).toMatch(/^They take no space/)
  })
})
