import { describe, expect, it } from 'vitest'
import { keptWords } from './kept-words'

const facts = { phase: 'downloading', chunksChosen: 80, bytesChosen: 20_971_520 } as const

describe('what a receiver is told of its copy', () => {
  it('is before there is one that it will be kept', () =>
    expect(keptWords({ ...facts, phase: 'ready' })).toMatch(/^What you download is kept in this browser/))

  it('is that it is kept, and that opening the link again continues from there', () =>
    expect(keptWords({ ...facts, keeping: 'kept' })).toMatch(
      /^What arrives is kept in this browser.*continues from there/,
    ))

  it('says how much was here already', () => {
    const back = { ...facts, keeping: 'kept', chunksRestored: 40 } as const
    expect(keptWords(back)).toMatch(/^Continuing where it stopped: 10\.5.MB of 21\.0.MB were already here\. /)
    expect(keptWords({ ...back, phase: 'paused' })).toMatch(/^10\.5.MB of 21\.0.MB were here from your last visit\. /)
    expect(keptWords({ ...back, phase: 'complete', chunksRestored: 80 })).toMatch(
      /^Everything was already here from your last visit\. A copy/,
    )
  })

  it('says what a second tab does instead', () =>
    expect(keptWords({ ...facts, keeping: 'beside-another-tab' })).toMatch(
      /open in another tab.*its own copy, which is removed/,
    ))

  it('says why nothing can be kept, before the download and in it', () => {
    const [refused, silent] = (['refused', 'silent'] as const).map((notKept) => ({ ...facts, notKept }))
    expect(keptWords({ ...facts, ...refused, phase: 'ready' })).toMatch(
      /^Your browser blocks cookies and storage for this site, .* in memory: what you download is lost when you close/,
    )
    expect(keptWords({ ...facts, ...refused, keeping: 'while-open' })).toMatch(
      /blocks .*: what has arrived is lost .* allow both for this site and reload/,
    )
    expect(keptWords({ ...facts, ...silent, keeping: 'while-open' })).toMatch(
      /storage does not answer, so .* in memory/,
    )
    expect(keptWords({ ...facts, ...refused, keeping: 'beside-another-tab' })).not.toMatch(/blocks/)
  })

  it('warns where nothing can be kept', () =>
    expect(keptWords({ ...facts, keeping: 'while-open' })).toMatch(/lost when you close this tab/))
})
