import { PieceSealer } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import type { RelayedPairHandlers } from './server-relay'
import { ServerWay } from './server-way'

const [sends, hears] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]

/** A way whose other side is the test’s. */
function way() {
  const heard: string[] = []
  let server: RelayedPairHandlers | undefined
  const made = new ServerWay(
    { sends, hears },
    (handlers) => {
      server = handlers
      return { send: () => {}, hasRead: () => {}, stop: () => void heard.push('stop') }
    },
    {
      stands: () => made.greet(),
      opened: () => void heard.push('opened'),
      frame: (frame) => void heard.push(`frame of ${frame.length}`),
      drained: () => {},
      heardAll: () => void heard.push('all'),
      saidAll: () => {},
      ended: () => void heard.push('ended'),
    },
  )
  const other = new PieceSealer(hears)
  server?.opened()
  return { heard, say: (...bytes: number[]) => server?.piece(other.seal(Uint8Array.from(bytes))) }
}

describe('a way through the server', () => {
  it('[RELAY-3] opens with the other side’s first frame, which is handed to nobody', () => {
    const { heard, say } = way()
    say(0, 0, 0)
    expect(heard).toEqual([])
    say(1, 9)
    say(0, 0, 0, 2, 5, 5)
    say(0, 0, 0, 0)
    expect(heard).toEqual(['opened', 'frame of 2', 'all'])
  })

  it('ends with a neighbour that sends pieces of nothing: they are work, and no frame of which any bound could tell', () => {
    const { heard, say } = way()
    say()
    expect(heard).toEqual(['stop', 'ended'])
  })
})
