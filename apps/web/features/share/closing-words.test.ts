import type { Distribution } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { closingSentence } from './closing-words'

const MB = 1_000_000
const of = (uploadedBytes: number, facts: Partial<Distribution> = {}) =>
  closingSentence({
    bytes: 42 * MB,
    uploadedBytes,
    distribution: { phase: 'done', count: 3, measuredSeconds: 21.4, startSpreadSeconds: 1, people: [], ...facts },
  })?.replaceAll('\u00a0', ' ')

describe('the closing sentence', () => {
  it('says what the swarm did', () =>
    expect(of(62 * MB)).toBe(
      '3 people, 42.0 MB each, in 22 s. You uploaded 62.0 MB instead of 126.0 MB: the swarm did half the work.',
    ))

  it('names the share of the work that is nearest', () => {
    const work = (uploaded: number) => of(uploaded * 126 * MB)?.replace(/^.*the swarm did /, '')
    expect(work(0.92)).toBe('a tenth of the work.')
    expect(work(0.74)).toBe('a quarter of the work.')
    expect(work(0.66)).toBe('a third of the work.')
    expect(work(0.34)).toBe('two thirds of the work.')
    expect(work(0.1)).toBe('nine tenths of the work.')
  })

  it('boasts of nothing that was not', () => {
    expect(of(125 * MB)).toBe('3 people, 42.0 MB each, in 22 s.')
    expect(of(130 * MB)).toBe('3 people, 42.0 MB each, in 22 s.')
    expect(of(20 * MB, { count: 1 })).toBe('1 person, 42.0 MB, in 22 s.')
  })

  it('gives no time where that is the time between people who came', () =>
    expect(of(62 * MB, { startSpreadSeconds: 15 })).toMatch(/^3 people, 42\.0 MB each\. You uploaded/))

  it('waits until all have it', () => {
    expect(of(1, { phase: 'running' })).toBeUndefined()
    expect(of(1, { phase: 'waiting', count: 0 })).toBeUndefined()
  })
})
