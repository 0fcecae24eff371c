import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_PIECE_CHARACTERS, PairName, RelayPiece } from './relay-protocol'
import { drawRelaySalt, MAX_PIECE_BYTES, PieceOpener, PieceSealer, relayKeys, sealedLength } from './relay-seal'
import { deriveSwarmKeys } from './sealing'

const { key } = deriveSwarmKeys(new Uint8Array(32).fill(1))
const salt = () => drawRelaySalt((length) => new Uint8Array(randomBytes(length)))

function bothEnds() {
  const { fromOfferer } = relayKeys(key, 'attempt', salt(), salt())
  return { sealer: new PieceSealer(fromOfferer), opener: new PieceOpener(fromOfferer) }
}

describe('keys of a way through the server', () => {
  it('[RELAY-1] are the same for both sides, another for each direction, attempt, salt and link', () => {
    const [offer, answer] = [salt(), salt()]
    const keys = relayKeys(key, 'attempt', offer, answer)
    expect(relayKeys(key, 'attempt', offer, answer)).toEqual(keys)
    expect(keys.fromOfferer).not.toEqual(keys.fromAnswerer)
    expect(PairName.safeParse(keys.pair).success).toBe(true)
    const { key: otherKey } = deriveSwarmKeys(new Uint8Array(32).fill(2))
    const others = [
      relayKeys(key, 'other', offer, answer),
      relayKeys(key, 'attempt', salt(), answer),
      relayKeys(key, 'attempt', offer, salt()),
      relayKeys(key, 'attempt', answer, offer),
      relayKeys(otherKey, 'attempt', offer, answer),
    ]
    for (const other of others) {
      expect(other.pair).not.toBe(keys.pair)
      for (const one of [keys.fromOfferer, keys.fromAnswerer])
        for (const another of [other.fromOfferer, other.fromAnswerer]) expect(another).not.toEqual(one)
    }
  })
})

describe('sealed pieces', () => {
  it('[RELAY-2] open in their order to what they were, the longest filling a message', () => {
    const { sealer, opener } = bothEnds()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (piece) => {
        const sealed = sealer.seal(piece)
        expect(sealed).toHaveLength(sealedLength(piece.length))
        expect(opener.open(sealed)).toEqual(piece)
      }),
      { numRuns: 50 },
    )
    const longest = new Uint8Array(randomBytes(MAX_PIECE_BYTES))
    const sealed = sealer.seal(longest)
    expect(sealed).toHaveLength(MAX_PIECE_CHARACTERS)
    expect(RelayPiece.safeParse({ pair: salt(), sealed }).success).toBe(true)
    expect(opener.open(sealed)).toEqual(longest)
  })

  it('[RELAY-2] a piece that is repeated, left out, out of order, changed or of another way is refused', () => {
    const { sealer, opener } = bothEnds()
    const [first = '', second = '', third = ''] = [1, 2, 3].map((byte) => sealer.seal(Uint8Array.of(byte)))
    expect(opener.open(second)).toBeUndefined()
    expect(opener.open(first)).toEqual(Uint8Array.of(1))
    expect(opener.open(first)).toBeUndefined()
    expect(opener.open(third)).toBeUndefined()
    const changed = `${second[0] === 'A' ? 'B' : 'A'}${second.slice(1)}`
    expect(opener.open(changed)).toBeUndefined()
    expect(opener.open(bothEnds().sealer.seal(Uint8Array.of(2)))).toBeUndefined()
    for (const nonsense of ['', 'A', '!'.repeat(40), 'A'.repeat(MAX_PIECE_CHARACTERS + 4)])
      expect(opener.open(nonsense)).toBeUndefined()
    expect(opener.open(second)).toEqual(Uint8Array.of(2))
    expect(opener.open(third)).toEqual(Uint8Array.of(3))
  })

  it('[RELAY-2] shows the server lengths alone: the same bytes never look the same twice', () => {
    const { sealer } = bothEnds()
    const piece = new Uint8Array(100)
    expect(new Set(Array.from({ length: 50 }, () => sealer.seal(piece))).size).toBe(50)
  })
})
