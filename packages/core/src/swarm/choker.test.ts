import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../testing/test-content'
import { type ChokeCandidate, chooseRegular, ShuffledBag } from './choker'

const candidate = (id: string, of: Partial<ChokeCandidate> = {}): ChokeCandidate => ({
  id,
  receivedBytes: 0,
  unchoked: false,
  settling: false,
  optimistic: false,
  slight: false,
  idle: false,
  waitingSince: 0,
  hoarded: 0,
  draw: 0,
  ...of,
})

const anyCandidates = fc
  .array(
    fc.record({
      receivedBytes: fc.nat(5),
      unchoked: fc.boolean(),
      waitingSince: fc.nat(5),
      draw: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => drawn.map((fields, i) => candidate(`p${i}`, fields)))

describe('choker', () => {
  it('[CHOKE-2] serves those that sent most: nobody left out sent more than one that is served', () => {
    fc.assert(
      fc.property(anyCandidates, fc.nat(6), (candidates, slots) => {
        const chosen = new Set(chooseRegular('tit-for-tat', candidates, slots))
        expect(chosen.size).toBe(Math.min(slots, candidates.length))
        const served = candidates.filter(({ id }) => chosen.has(id)).map((c) => c.receivedBytes)
        const refused = candidates.filter(({ id }) => !chosen.has(id)).map((c) => c.receivedBytes)
        expect(Math.min(...served)).toBeGreaterThanOrEqual(Math.max(-1, ...refused))
      }),
    )
  })

  it('[CHOKE-2] lets the draw decide among those that sent as much', () => {
    const equals = [candidate('a', { draw: 0.9 }), candidate('b', { draw: 0.1 }), candidate('c', { draw: 0.5 })]
    expect(chooseRegular('tit-for-tat', equals, 2)).toEqual(['b', 'c'])
  })

  it('[CHOKE-2] takes no place away for an equal while its turn has only begun', () => {
    const equals = [candidate('a', { draw: 0.1 }), candidate('b', { draw: 0.9, unchoked: true, settling: true })]
    expect(chooseRegular('tit-for-tat', equals, 1)).toEqual(['b'])
    expect(chooseRegular('tit-for-tat', [...equals, candidate('c', { receivedBytes: 1 })], 2)).toEqual(['c', 'b'])
  })

  it('[CHOKE-6] serves by turn: who waits before who is served, who waited longest first', () => {
    const candidates = [
      candidate('served', { unchoked: true, receivedBytes: 9_999, waitingSince: 1 }),
      candidate('late', { waitingSince: 300, receivedBytes: 500 }),
      candidate('early', { waitingSince: 100 }),
      candidate('middle', { waitingSince: 200 }),
    ]
    expect(chooseRegular('round-robin', candidates, 3)).toEqual(['early', 'middle', 'late'])
    expect(chooseRegular('round-robin', candidates, 9)).toEqual(['early', 'middle', 'late', 'served'])
  })

  it('[CHOKE-6] in turn, serves who passes on before who hoards, however long that one has waited', () => {
    const candidates = [
      candidate('hoards', { hoarded: 3, waitingSince: 0 }),
      candidate('hoards less', { hoarded: 1, waitingSince: 100 }),
      candidate('served', { unchoked: true }),
      candidate('waits', { waitingSince: 200 }),
    ]
    expect(chooseRegular('round-robin', candidates, 9)).toEqual(['waits', 'served', 'hoards less', 'hoards'])
    expect(
      chooseRegular('tit-for-tat', [candidate('hoards', { hoarded: 3, receivedBytes: 1 }), candidate('b')], 1),
    ).toEqual(['hoards'])
  })

  it('[CHOKE-7] serves everyone under the policy of that name', () => {
    expect(chooseRegular('everyone', [candidate('a'), candidate('b'), candidate('c')], 1)).toEqual(['a', 'b', 'c'])
  })

  it('[CHOKE-2] leaves its candidates in the order in which it got them', () => {
    const candidates = [candidate('a'), candidate('b', { receivedBytes: 1 })]
    chooseRegular('tit-for-tat', candidates, 1)
    expect(candidates.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

describe('shuffled bag', () => {
  it('[CHOKE-4] draws each once before any twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.nat(), (count, seed) => {
        const ids = Array.from({ length: count }, (_, i) => `p${i}`)
        const bag = new ShuffledBag(seededRandom(seed))
        for (let round = 0; round < 3; round++) expect(new Set(ids.map(() => bag.draw(ids)))).toEqual(new Set(ids))
      }),
    )
  })

  it('[CHOKE-4] never draws one that has gone, and draws the others once all the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { maxLength: 9 }), fc.nat(9), fc.nat(), (gone, drawnBefore, seed) => {
        const ids = Array.from({ length: 10 }, (_, i) => `p${i}`)
        const bag = new ShuffledBag(seededRandom(seed))
        const drawn = Array.from({ length: drawnBefore }, () => bag.draw(ids))
        const left = ids.filter((_, i) => !gone.includes(i))
        const due = left.filter((id) => !drawn.includes(id))
        expect(new Set(due.map(() => bag.draw(left)))).toEqual(new Set(due))
      }),
    )
  })

  it('[CHOKE-4] draws a newcomer in the next bag at the latest', () => {
    const bag = new ShuffledBag(seededRandom(4))
    const old = ['a', 'b', 'c']
    bag.draw(old)
    const drawn = Array.from({ length: 6 }, () => bag.draw([...old, 'new']))
    expect(drawn).toContain('new')
  })

  it('[CHOKE-4] draws in an order that chance decides', () => {
    const firsts = Array.from({ length: 100 }, (_, seed) => new ShuffledBag(seededRandom(seed)).draw(['a', 'b', 'c']))
    expect(new Set(firsts)).toEqual(new Set(['a', 'b', 'c']))
  })

  it('[CHOKE-4] draws nobody where nobody may be drawn', () => {
    expect(new ShuffledBag(seededRandom(1)).draw([])).toBeUndefined()
  })
})
