import type { NeighbourSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { serverWords } from './way-words'

const by = (...ways: NeighbourSnapshot['way'][]) => ways.map((way) => ({ way }) as NeighbourSnapshot)

describe('what is said of a way through the server', () => {
  it('is nothing where nobody is reached by it', () => {
    expect(serverWords({ neighbours: [] })).toBeUndefined()
    expect(serverWords({ neighbours: by('direct', 'turn') })).toBeUndefined()
  })
  it('names the reason, and how many where it is not all', () => {
    expect(serverWords({ neighbours: by('server') })).toBe(
      'Through the server, encrypted: no direct connection was possible.',
    )
    expect(serverWords({ neighbours: by('server'), relay: 'only' })).toBe(
      'Through the server, encrypted: your address stays hidden.',
    )
    expect(serverWords({ neighbours: by('direct', 'server', 'server') })).toBe(
      '2 people of 3 through the server, encrypted: no direct connection was possible.',
    )
  })
})
