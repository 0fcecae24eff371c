import type { KeptTransfer } from '@swarmdrop/peer'
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

describe('what is said of a kept transfer', () => {
  it('is how far it is, and what it takes: a file’s space is taken whole, a database grows', () => {
    expect(recentWords(half)).toMatch(/^Stopped at 50.% of 21\.0.MB\. Takes 21\.0.MB here\.$/)
    expect(recentWords({ ...half, place: 'database', stage: 'paused' })).toMatch(
      /^Paused at 50.% .* Takes 10\.5.MB here/,
    )
    expect(recentWords({ ...half, stage: 'complete', saved: true })).toMatch(/^Received, all of 21\.0.MB, and saved\./)
    expect(recentWords({ ...half, stage: 'complete', handedOver: true })).toMatch(
      /21\.0.MB, and handed to your browser\./,
    )
    const part = {
      ...half,
      chosen: Uint8Array.of(128),
      placed: { runs: [[0, 40]] as [number, number][], bytes: 10_485_760 },
    }
    expect(recentWords({ ...part, stage: 'complete' })).toMatch(
      /^Received, 10\.5.MB that you chose of 21\.0.MB\. Takes 10\.5.MB here\.$/,
    )
    expect(recentWords({ ...part, heldBytes: 5_242_880 })).toMatch(/^Stopped at 50.% of 10\.5.MB/)
    expect(recentWords(shared)).toMatch(/^Shared from here, 5\.0.MB\. Takes no space\.$/)
  })

  it('closes with the total and the rule', () => {
    expect(spaceWords([half, shared])).toMatch(/^In all they take 21\.0.MB of this device\. .* 14 days/)
    expect(spaceWords([shared])).toMatch(/^They take no space/)
  })
})
