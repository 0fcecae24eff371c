import type { NeighbourSnapshot } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { chokedBy, gettingFrom, servedBecause } from './why'

const neighbour = (id: string, more: Partial<NeighbourSnapshot> = {}): NeighbourSnapshot => ({
  id,
  number: 1,
  complete: false,
  chunksHeld: 0,
  chunksChosen: 4,
  uploadRate: 0,
  downloadRate: 0,
  uploadedBytes: 0,
  downloadedBytes: 0,
  amChoking: false,
  peerChoking: false,
  amInterested: true,
  peerInterested: true,
  optimistic: false,
  paused: false,
  serves: true,
  snubbed: false,
  ...more,
})

const nameOf = (id: string) => `Peer ${id}`
const leecher = { isComplete: false, policy: {} }

describe('why we serve somebody', () => {
  it('names the rate and the rank among all that want something, choked ones too', () => {
    const reasons = servedBecause(
      [
        neighbour('a', { downloadRate: 240_000 }),
        neighbour('b', { downloadRate: 900_000, amChoking: true }),
        neighbour('c', { downloadRate: 300_000 }),
        neighbour('d', { downloadRate: 999_000, peerInterested: false }),
      ],
      nameOf,
      leecher,
    )
    expect(reasons.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      'Peer a: sends you 0.2\u00a0MB/s, the 3rd fastest',
      'Peer c: sends you 0.3\u00a0MB/s, the 2nd fastest',
    ])
  })

  it('says that one was chosen at random, has its turn, or found a free slot', () => {
    const why = (more: Partial<NeighbourSnapshot>, own: Parameters<typeof servedBecause>[2]) =>
      servedBecause([neighbour('a', more)], nameOf, own)[0]?.why
    expect(why({ optimistic: true }, leecher)).toContain('at random')
    expect(why({}, { ...leecher, isComplete: true })).toContain('their turn')
    expect(why({}, leecher)).toContain('a slot was free')
    expect(why({}, { ...leecher, policy: { choker: 'everyone' } })).toContain('everybody')
  })
})

describe('what we get', () => {
  it('is told with what we gave for it', () => {
    const reasons = gettingFrom(
      [
        neighbour('a', { downloadRate: 5_000, uploadedBytes: 1_500_000 }),
        neighbour('b', { downloadRate: 4_000 }),
        neighbour('c', { downloadRate: 3_000, complete: true }),
        neighbour('d'),
      ],
      nameOf,
    )
    expect(reasons.map(({ why }) => why)).toEqual([
      'serves you because you gave 1.5\u00a0MB',
      'serves you by chance: you have given nothing yet',
      'has the whole file, so serves everybody in turn',
      'has unchoked you; nothing is arriving right now',
    ])
  })

  it('names those that have what we want and choke us', () => {
    const choking = neighbour('a', { peerChoking: true })
    expect(chokedBy([choking, neighbour('b'), { ...choking, id: 'c', amInterested: false }], nameOf)).toEqual([
      'Peer a',
    ])
  })
})
