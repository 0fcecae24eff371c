import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_SEALED_CHARACTERS, SignalRequest, SwarmId } from './protocol'
import { deriveSwarmKeys, MAX_REMEMBERED_SENDERS, Sealer } from './sealing'

const random = (length: number) => new Uint8Array(randomBytes(length))
const { key } = deriveSwarmKeys(new Uint8Array(32).fill(1))
const { key: otherKey } = deriveSwarmKeys(new Uint8Array(32).fill(2))

const sealerOf = (id: string, swarmKey = key) => new Sealer(swarmKey, id, random)
const refused = { ok: false }

const withByteChanged = (sealed: string, at: number, flip: number) => {
  const bytes = Buffer.from(sealed, 'base64url')
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip
  return bytes.toString('base64url')
}

describe('keys of a swarm', () => {
  it('[SEAL-1] come from the link, a swarm id for the tracker and a key that it never learns', () => {
    const keys = deriveSwarmKeys(new Uint8Array(32).fill(1))
    expect(SwarmId.safeParse(keys.swarmId).success).toBe(true)
    expect(keys.key).toHaveLength(32)
    expect(keys).toEqual(deriveSwarmKeys(new Uint8Array(32).fill(1)))
    expect(() => deriveSwarmKeys(new Uint8Array(31))).toThrow(RangeError)
  })

  it('[SEAL-1] are what HKDF-SHA-256 of another program gives', () => {
    const keys = deriveSwarmKeys(Uint8Array.from({ length: 32 }, (_, at) => at))
    expect(keys.swarmId).toBe('JQKdx1uWrILgrvKMDYh8kw')
    expect(Buffer.from(keys.key).toString('hex')).toBe(
      '4711eb4848718dd57d11a76f8eb3ad50adabf4d42e206b86d007c392ac4a1f3a',
    )
  })

  it('[SEAL-1] differ for different links, and the id shows nothing of the key', () => {
    const first = deriveSwarmKeys(new Uint8Array(32).fill(1))
    const second = deriveSwarmKeys(new Uint8Array(32).fill(2))
    expect(first.swarmId).not.toBe(second.swarmId)
    expect(first.key).not.toEqual(second.key)
    expect(Buffer.from(first.key).toString('base64url')).not.toContain(first.swarmId.slice(0, 4))
  })
})

describe('sealed signals', () => {
  it('[SEAL-2] arrive as they were sent', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), (messages) => {
        const alice = sealerOf('alice')
        const bob = sealerOf('bob')
        for (const message of messages) {
          const sent = JSON.parse(JSON.stringify(message))
          expect(bob.open('alice', alice.seal('bob', message))).toEqual({ ok: true, message: sent })
        }
      }),
    )
  })

  it('[SEAL-2] are what the tracker relays, and show nothing of what they say', () => {
    const sealed = sealerOf('alice').seal('bob', { sdp: 'a=fingerprint:sha-256' })
    expect(SignalRequest.shape.sealed.safeParse(sealed).success).toBe(true)
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('fingerprint')
  })

  it('[SEAL-2] differ when the same is said twice', () => {
    const alice = sealerOf('alice')
    const [first, second] = [alice.seal('bob', 'hello'), alice.seal('bob', 'hello')]
    expect(first.slice(-40)).not.toBe(second.slice(-40))
  })

  it('[SEAL-3] are refused with any byte changed', () => {
    const sealed = sealerOf('alice').seal('bob', { hello: 'bob' })
    fc.assert(
      fc.property(fc.nat(sealed.length), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        expect(sealerOf('bob').open('alice', withByteChanged(sealed, at, flip))).toMatchObject(refused)
      }),
    )
    expect(sealerOf('bob').open('alice', sealed)).toMatchObject({ ok: true })
  })

  it('[SEAL-3] are refused from a stranger to the link', () => {
    expect(sealerOf('bob').open('alice', sealerOf('alice', otherKey).seal('bob', 1))).toMatchObject(refused)
  })

  it('[SEAL-3] are refused when the tracker names another sender or sends them to another peer', () => {
    const alice = sealerOf('alice')
    const sealed = alice.seal('bob', 1)
    expect(sealerOf('bob').open('carol', sealed)).toMatchObject(refused)
    expect(sealerOf('carol').open('alice', sealed)).toMatchObject(refused)
    expect(alice.open('bob', sealed)).toMatchObject(refused)
    expect(alice.open('alice', sealed)).toMatchObject(refused)
  })

  it('[SEAL-3] keep names apart that read the same when joined', () => {
    expect(sealerOf('c').open('ab', sealerOf('a').seal('bc', 1))).toMatchObject(refused)
    expect(sealerOf('b","c').open('a', sealerOf('a","b').seal('c', 1))).toMatchObject(refused)
  })

  it('[SEAL-4] are taken once, and not after a later one', () => {
    const [alice, bob] = [sealerOf('alice'), sealerOf('bob')]
    const [first, second, third] = [alice.seal('bob', 1), alice.seal('bob', 2), alice.seal('bob', 3)]
    expect(bob.open('alice', first)).toEqual({ ok: true, message: 1 })
    expect(bob.open('alice', first)).toMatchObject({ ok: false, reason: expect.stringContaining('replayed') })
    expect(bob.open('alice', third)).toEqual({ ok: true, message: 3 })
    expect(bob.open('alice', second)).toMatchObject({ ok: false, reason: expect.stringContaining('replayed') })
  })

  it('[SEAL-4] may be lost, and count for each sender by itself', () => {
    const [alice, bob, carol] = [sealerOf('alice'), sealerOf('bob'), sealerOf('carol')]
    for (let lost = 0; lost < 5; lost += 1) alice.seal('bob', lost)
    alice.seal('carol', 'not for bob')
    expect(bob.open('alice', alice.seal('bob', 'here'))).toEqual({ ok: true, message: 'here' })
    expect(bob.open('carol', carol.seal('bob', 'here too'))).toEqual({ ok: true, message: 'here too' })
  })

  it('[SEAL-4] of others do not count when they are forged', () => {
    const [alice, bob] = [sealerOf('alice'), sealerOf('bob')]
    const sealed = alice.seal('bob', 1)
    const laterNumber = withByteChanged(sealed, 0, 0x7f)
    expect(bob.open('alice', laterNumber)).toMatchObject(refused)
    expect(bob.open('alice', sealed)).toMatchObject({ ok: true })
  })

  it('[SEAL-5] cost bounded memory: the sender heard longest ago is forgotten first', () => {
    const bob = sealerOf('bob')
    const [alice, carol] = [sealerOf('alice'), sealerOf('carol')]
    const [fromAlice, fromCarol] = [alice.seal('bob', 1), carol.seal('bob', 1)]
    bob.open('alice', fromAlice)
    bob.open('carol', fromCarol)
    const latest = alice.seal('bob', 2)
    bob.open('alice', latest)
    for (let sender = 0; sender < MAX_REMEMBERED_SENDERS - 1; sender += 1) {
      bob.open(`sender ${sender}`, sealerOf(`sender ${sender}`).seal('bob', 1))
    }
    expect(bob.open('alice', latest)).toMatchObject(refused)
    expect(bob.open('carol', fromCarol)).toMatchObject({ ok: true })
  })

  it('[SEAL-5] are forgotten with the peer that has gone', () => {
    const [alice, bob] = [sealerOf('alice'), sealerOf('bob')]
    const sealed = alice.seal('bob', 1)
    bob.open('alice', sealed)
    bob.forget('alice')
    expect(bob.open('alice', sealed)).toMatchObject({ ok: true })
  })

  it('[SEAL-6] are never longer than the tracker relays', () => {
    const alice = sealerOf('alice')
    expect(() => alice.seal('bob', 'x'.repeat(49_200))).toThrow(RangeError)
    const longest = alice.seal('bob', 'x'.repeat(49_000))
    expect(longest.length).toBeLessThanOrEqual(MAX_SEALED_CHARACTERS)
    expect(sealerOf('bob').open('alice', longest)).toMatchObject({ ok: true })
    expect(sealerOf('bob').open('alice', 'A'.repeat(MAX_SEALED_CHARACTERS + 4))).toMatchObject(refused)
  })

  it('[SEAL-6] never throw past the edge, whatever comes', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.uint8Array({ maxLength: 90 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    )
    fc.assert(
      fc.property(texts, fc.string(), (text, from) => {
        expect(sealerOf('bob').open(from, text)).toMatchObject(refused)
      }),
    )
  })
})
