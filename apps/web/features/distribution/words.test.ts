import type { Distribution, DistributionBounds, TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { basisWords, caveats, countedWords, gainWords, paceWords } from './words'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const limit = { bytesPerSecond: 1_000, basis: 'limit' as const }
const shown = { bytesPerSecond: 1_000, basis: 'shown' as const }
const bounds: DistributionBounds = {
  p2pSeconds: 11.9,
  clientServerSeconds: 47,
  binding: 'server-upload',
  speedUp: 47 / 12.4,
  fileBytes: 1,
  serverUploadBytesPerSecond: 1,
  meanUploadBytesPerSecond: 1,
}
const sender = { number: 1, role: 'server' as const, upload: limit, download: shown }
const receiver = { number: 2, role: 'downloader' as const, upload: limit, download: limit }
const done = (facts: Partial<Distribution> = {}): Distribution => ({
  phase: 'done',
  count: 1,
  measuredSeconds: 12.4,
  startSpreadSeconds: 0,
  bounds,
  people: [sender, receiver],
  ...facts,
})

describe('how it goes', () => {
  it('says what sets the pace, and how far it is by that', () => {
    expect(plain(paceWords(done()))).toBe('The sender’s upload sets the pace: 12.4 s of at least 11.9 s.')
    const bound = (binding: DistributionBounds['binding']) => paceWords(done({ bounds: { ...bounds, binding } }))
    expect(bound('slowest-download')).toMatch(/^The slowest download sets the pace/)
    expect(bound('total-upload')).toMatch(/^All uploads together set the pace/)
    expect(paceWords(done({ people: [sender, sender, receiver] }))).toMatch(/^The senders’ uploads set the pace/)
  })

  it('says what is gained, and does not boast before the end', () => {
    const three = (facts: Partial<Distribution> = {}) => done({ count: 3, ...facts })
    expect(gainWords(three())).toBe('3.8 times as fast as from the sender alone.')
    expect(gainWords(three({ phase: 'running' }))).toBe('Up to 3.8 times as fast as from the sender alone.')
    expect(gainWords(three({ bounds: { ...bounds, speedUp: 12.3 } }))).toMatch(/^12 times/)
    expect(gainWords(three({ bounds: { ...bounds, speedUp: 0.4 } }))).toBe('No faster than from the sender alone.')
    expect(gainWords(three({ phase: 'running', bounds: { ...bounds, speedUp: 1 } }))).toBe('')
    expect(gainWords(done()), 'one person has nobody to help').toBe('')
  })

  it('says what is missing', () => {
    const { bounds: _, ...without } = done()
    expect(paceWords({ phase: 'waiting', count: 0, people: [] })).toBe('The clock starts with the first download.')
    expect(paceWords({ ...without, missing: 'server' })).toMatch(/^The sender is not here/)
    expect(paceWords({ ...without, missing: 'speeds' })).toBe('The speeds are not known yet.')
    expect(paceWords({ ...without, missing: 'flow' })).toMatch(/limit of 0/)
    expect(gainWords({ ...without, missing: 'speeds' })).toBe('')
  })
})

describe('what it is worked out from', () => {
  it('is limits, speeds that were seen, or both', () => {
    expect(basisWords(done())).toBe('Based on everyone’s limits.')
    const seen = { ...receiver, upload: shown, download: shown }
    expect(basisWords(done({ people: [{ ...sender, upload: shown }, seen] }))).toBe(
      'Based on everyone’s best 5 seconds so far.',
    )
    expect(basisWords(done({ people: [sender, seen] }))).toMatch(/limits, or else their best 5 seconds/)
  })

  it('owns up to what it cannot know', () => {
    const of = (facts: Partial<Pick<TransferSnapshot, 'distribution' | 'swarmSize'>>) =>
      caveats({ neighbours: [{}, {}], swarmSize: 3, distribution: done(), ...facts } as TransferSnapshot)
    expect(of({})).toHaveLength(1)
    expect(of({ swarmSize: 60 })[1]).toBe('This covers the 2 people you are connected to, of 59 others.')
    expect(plain(of({ distribution: done({ startSpreadSeconds: 40 }) })[1] ?? '')).toMatch(
      /began 40.0 s after the first/,
    )
  })
})

describe('who chose some of the files', () => {
  const facts = (count: number, chosen: number[]): TransferSnapshot =>
    ({
      distribution: done({ count }),
      chunkCount: 80,
      chunksChosen: 80,
      swarmSize: 2,
      neighbours: chosen.map((chunksChosen) => ({ chunksChosen })),
    }) as TransferSnapshot

  it('is not among those who are counted, and that is said', () => {
    expect(plain(countedWords(facts(2, [80, 4])))).toBe('2 people')
    expect(countedWords(facts(0, [4]))).toBe('Nobody is downloading all of it')
    expect(paceWords(done({ phase: 'waiting' }), 1)).toBe('The clock starts with the first download of all of it.')
    expect(paceWords(done({ phase: 'waiting' }))).toBe('The clock starts with the first download.')
    expect(countedWords(facts(0, [80]))).toBe('Nobody has started yet')
    expect(caveats(facts(2, [80, 4])).join(' ')).toMatch(/1 person chose some of the files, and is not counted/)
    expect(caveats(facts(2, [80])).join(' ')).not.toMatch(/chose/)
  })
})
