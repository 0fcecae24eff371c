import { chokers, pickers } from '@swarmdrop/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KNOWN_FIGURE, MOST_SEED, type TheoryState } from './theory-state'
import { readQuery, writeQuery } from './url-state'

describe('the address of the theory page', () => {
  it('is bare for the known figure, and a bare one opens on it', () => {
    expect(writeQuery(KNOWN_FIGURE)).toBe('')
    expect(readQuery('')).toEqual({ state: KNOWN_FIGURE, run: undefined, wrong: [] })
  })

  it('says in words what differs', () => {
    const state: TheoryState = {
      ...KNOWN_FIGURE,
      fileBytes: 20_500_000,
      classes: [
        { count: 10, up: 29_127, down: undefined },
        { count: 5, up: 200_000, down: 2_000_000 },
      ],
      picker: 'random',
    }
    expect(writeQuery(state, 'curve')).toBe('file=20.5&peers=10x29.127-none_5x200-2000&picker=random&run=curve')
  })

  it('brings the same settings back, whatever they are', () => {
    const rate = (least: number) => fc.integer({ min: least * 1e3, max: 1e15 }).map((mills) => mills / 1e3)
    const peers = fc.record({
      count: fc.integer({ min: 1, max: 100 }),
      up: rate(0),
      down: fc.option(rate(100), { nil: undefined }),
    })
    const states = fc.record({
      fileBytes: fc.integer({ min: 1_000, max: 2 ** 38 }),
      serverUpload: rate(100),
      classes: fc.array(peers, { minLength: 1, maxLength: 8 }),
      mode: fc.constantFrom('p2p' as const, 'client-server' as const),
      picker: fc.constantFrom(...pickers),
      choker: fc.constantFrom(...chokers),
      seed: fc.integer({ min: 0, max: MOST_SEED }),
    })
    fc.assert(
      fc.property(states, fc.constantFrom(undefined, 'one' as const, 'curve' as const), (state, run) => {
        expect(readQuery(writeQuery(state, run))).toEqual({ state, run, wrong: [] })
      }),
    )
  })

  it.each([
    ['file=0'],
    ['file=lots'],
    ['server=-1'],
    ['peers='],
    ['peers=0x1-none'],
    ['peers=5x1'],
    ['peers=600x1-none_600x1-none'],
    ['peers=1e99x1-none'],
    ['mode=fast'],
    ['picker=__proto__'],
    ['seed=1.5'],
    ['seed='.padEnd(400, '9')],
    ['run=always'],
  ])('takes the figure’s value for what cannot be, and names it: %s', (query) => {
    expect(readQuery(query)).toEqual({ state: KNOWN_FIGURE, run: undefined, wrong: [query] })
  })

  it('knows nothing of what else stands there', () => {
    expect(readQuery('utm=1&seed=7')).toEqual({ state: { ...KNOWN_FIGURE, seed: 7 }, run: undefined, wrong: [] })
  })
})
