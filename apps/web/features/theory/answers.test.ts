import { parseExperiment } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { experimentFor } from '../experiment/state-experiment'
import { KNOWN_FIGURE, mixFor, type TheoryState } from '../experiment/theory-state'
import { answer, bindingInWords, curvesFor, nextQuestion, speedUpInWords, sweepFor } from './answers'

const withPeers = (count: number): TheoryState => ({
  ...KNOWN_FIGURE,
  classes: KNOWN_FIGURE.classes.map((one) => ({ ...one, count })),
})
const words = (state: TheoryState) => bindingInWords(state, answer(state)).replaceAll('\u00a0', ' ')

describe('the known figure, as the page opens', () => {
  it.each([
    [1, 0.1, 0.1],
    [10, 1, 0.5],
    [35, 3.5, 0.7778],
  ])('says for N = %i: %f h by client and server, %f h by peers', (n, clientServer, p2p) => {
    const answers = answer(withPeers(n))
    expect(answers.clientServer / 3_600).toBeCloseTo(clientServer, 4)
    expect(answers.p2p / 3_600).toBeCloseTo(p2p, 4)
    expect(answers.chunked).toBeGreaterThanOrEqual(answers.p2p)
  })

  it('has curves from 1 to 35', () => {
    const curves = curvesFor(KNOWN_FIGURE)
    expect(curves.map(({ n }) => n)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1))
    expect((curves.at(-1)?.p2p ?? 0) / 3_600).toBeCloseTo(0.7778, 4)
  })
})

describe('the term that binds, in words', () => {
  it('names it, its time, and how far off the next one is', () => {
    expect(words(KNOWN_FIGURE)).toBe(
      'All uploads together set the pace: they need 30 min for 10 copies. The sender’s upload alone would allow 6 min, 80 % less.',
    )
    expect(words({ ...KNOWN_FIGURE, serverUpload: 1_000 })).toMatch(
      /^The sender’s upload sets the pace: sending the file once takes 30 h/,
    )
    const slow = KNOWN_FIGURE.classes.map((one) => ({ ...one, down: 10_000 }))
    expect(words({ ...KNOWN_FIGURE, classes: slow })).toMatch(/^The slowest download sets the pace/)
  })

  it('says so where another would take as long', () => {
    const even = [{ count: 1, up: 0, down: KNOWN_FIGURE.serverUpload }]
    expect(words({ ...KNOWN_FIGURE, classes: even })).toContain('would take just as long')
  })

  it('says how many times as fast, and what whole chunks cost', () => {
    const spoken = speedUpInWords(answer(withPeers(35))).replaceAll('\u00a0', ' ')
    expect(spoken).toBe('Peer-to-peer is 4.5 times as fast. Passing on whole chunks costs another 0.2 %.')
    expect(speedUpInWords(answer(withPeers(1)))).toContain('no faster')
  })
})

describe('classes', () => {
  const classes = [
    { count: 1, up: 1, down: undefined },
    { count: 2, up: 2, down: undefined },
    { count: 4, up: 3, down: undefined },
  ]

  it('keep their shares for another N, and sum up to it', () => {
    expect(mixFor(classes, 14).map(({ count }) => count)).toEqual([2, 4, 8])
    expect(mixFor(classes, 7)).toEqual(classes)
    for (let n = 1; n < 40; n++) expect(mixFor(classes, n).reduce((sum, { count }) => sum + count, 0)).toBe(n)
  })

  it('give curves of at most a hundred points, the last at N', () => {
    const curves = curvesFor(withPeers(1_000))
    expect(curves.length).toBeLessThanOrEqual(100)
    expect([curves[0]?.n, curves.at(-1)?.n]).toEqual([1, 1_000])
  })
})

describe('the next question', () => {
  const next = (state: TheoryState) => nextQuestion(state, answer(state))

  it('is about what sets the pace', () => {
    expect(next(KNOWN_FIGURE)).toMatchObject({ words: 'What if there are twice as many peers?' })
    expect(next(withPeers(1_000)).words).toBe('What if every peer uploads twice as fast?')
    const slow = { ...KNOWN_FIGURE, serverUpload: 10_000 }
    expect(next(slow)).toMatchObject({
      words: 'What if the server is twice as fast?',
      change: { serverUpload: 20_000 },
    })
    const [one] = KNOWN_FIGURE.classes
    const phone = { ...KNOWN_FIGURE, classes: [{ count: 10, up: one?.up ?? 0, down: 1_000 }] }
    expect(next(phone).change.classes?.map(({ down }) => down)).toEqual([2_000])
  })

  it('has an answer: the bound is another', () => {
    const { p2p } = answer(KNOWN_FIGURE)
    expect(answer({ ...KNOWN_FIGURE, ...next(KNOWN_FIGURE).change }).p2p).toBeGreaterThan(p2p)
  })
})

describe('an experiment of the page', () => {
  it('is one that npm run simulate takes', () => {
    for (const mode of ['p2p', 'client-server'] as const)
      expect(parseExperiment(experimentFor(KNOWN_FIGURE, mode))).toMatchObject({ ok: true })
    expect(experimentFor(KNOWN_FIGURE, 'p2p').name).toBe('Peer-to-peer with N = 10')
  })

  it('lets a server of a large class serve everybody', () => {
    expect(experimentFor(withPeers(80), 'client-server').policy).toMatchObject({ maxNeighbours: 80 })
    expect(experimentFor(withPeers(80), 'p2p').policy).not.toHaveProperty('maxNeighbours')
  })

  it('is made for the N of a sweep in the lab, and for the one that is set', () => {
    expect(sweepFor(KNOWN_FIGURE)).toEqual([1, 2, 4, 8, 10, 16, 32, 35])
    expect(sweepFor(withPeers(1_000)).at(-1)).toBe(1_000)
  })
})
