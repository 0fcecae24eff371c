import { describe, expect, it } from 'vitest'
import { PasswordFollower } from './password-follower'

const key = (byte: number) => new Uint8Array(32).fill(byte)

function followed(known: Uint8Array | undefined) {
  const told: { key: Uint8Array | undefined } = { key: known }
  const done: string[] = []
  let load = () => {}
  const follower = new PasswordFollower(
    {
      keyOf: () => told.key,
      newGate: (own) => new Promise((resolve) => (load = () => resolve(`gate ${own[0]}` as never))),
    },
    known,
  )
  const transfer = {
    leave: () => void done.push('leave'),
    comeBack: () => void done.push('back'),
    setGate: (gate: unknown) => void done.push(String(gate)),
  }
  return { follower, told, done, look: () => follower.look(transfer), load: () => load() }
}

describe('a tab whose browser is told another password', () => {
  it('is out of the swarm until it goes by that', async () => {
    const { told, done, look, load } = followed(undefined)
    await look()
    expect(done).toEqual([])
    told.key = key(1)
    const looking = look()
    expect(done).toEqual(['leave'])
    load()
    await looking
    expect(done).toEqual(['leave', 'gate 1', 'back'])
    await look()
    expect(done).toHaveLength(3)
  })

  it('goes by the last, where two come one after another', async () => {
    const { told, done, look, load } = followed(key(1))
    told.key = key(2)
    const first = look()
    const loadFirst = load
    told.key = key(3)
    const second = look()
    loadFirst()
    load()
    await second
    void first
    expect(done.filter((what) => what.startsWith('gate'))).toEqual(['gate 3'])
  })

  it('keeps its own where that is deleted elsewhere, or was set here', async () => {
    const { follower, told, done, look } = followed(key(1))
    told.key = undefined
    await look()
    told.key = key(2)
    follower.note(key(2))
    await look()
    expect(done).toEqual([])
  })
})
