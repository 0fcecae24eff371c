import { pino } from 'pino'
import { Encoder, PacketType } from 'socket.io-parser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fastPath } from './fast-path'
import { fastestPath } from './fastest-path'
import { type PeerSocket, publicPath } from './message-path'
import { closeAll } from './testing/cleanup'
import { openPeer, openTracker, swarmId } from './testing/peers'

afterEach(closeAll)

const SLOWER =
  'the short cut for messages does not fit the installed socket.io: they take its public way, which is slower'

function openLog() {
  const lines: unknown[] = []
  return { log: pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) }), lines }
}

/** An update of socket.io that makes its decoders itself. */
const withoutDecoder: typeof fastPath = (onMissing) => ({ ...fastPath(onMissing), parser: publicPath.parser })

describe('the way that messages take', () => {
  it('is the short cut with the libraries that are installed, and the log says nothing', async () => {
    const { log, lines } = openLog()
    const path = await fastestPath(log)
    expect(path.parser).toEqual(fastPath(() => {}).parser)
    expect(lines).toEqual([])
  })

  it.each([
    ["a decoder of socket.io's own", 'client.decoder', withoutDecoder],
    ['events that go past the decoder', 'events past the library', () => publicPath],
    [
      'an answer that comes too early',
      'an answer between what was sent before and after it',
      (onMissing) => {
        const path = fastPath(onMissing)
        return {
          ...path,
          listen: (socket, hear) =>
            path.listen(socket, (event, content, answer) => {
              answer?.('"answer"')
              hear(event, content, undefined)
            }),
        }
      },
    ],
    [
      'a server that cannot be made',
      'Error: no parser',
      (onMissing) => ({
        ...fastPath(onMissing),
        get parser(): never {
          throw new Error('no parser')
        },
      }),
    ],
  ] satisfies [string, string, typeof fastPath][])(
    'is the public one where the libraries do not fit, and the log says so once: %s',
    async (_name, missing, newPath) => {
      const { log, lines } = openLog()
      expect(await fastestPath(log, newPath)).toBe(publicPath)
      expect(lines).toEqual([expect.objectContaining({ missing, msg: SLOWER })])
    },
  )

  it('is the public one for a socket that lacks a part: it is served, and the log says so once', async () => {
    const { log, lines } = openLog()
    let isTried = false
    const messagePath = await fastestPath(log, (onMissing) => {
      const path = fastPath(onMissing)
      const lacking = (socket: PeerSocket) =>
        ({ conn: socket.conn, onAny: socket.onAny.bind(socket) }) as unknown as PeerSocket
      return { ...path, listen: (socket, hear) => path.listen(isTried ? lacking(socket) : socket, hear) }
    })
    isTried = true
    expect(lines).toEqual([])
    const tracker = await openTracker({ messagePath })
    const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
    const { id } = await a.join(swarmId(1))
    expect((await b.join(swarmId(1))).peers).toEqual([id])
    expect(lines).toEqual([expect.objectContaining({ missing: 'client.decoder', msg: SLOWER })])
  })

  it.each([
    ['past socket.io: its encoder writes no answer', undefined, 0],
    ['through socket.io: its encoder writes the answer', publicPath, 1],
  ])('goes %s', async (_name, messagePath, written) => {
    const encode = vi.spyOn(Encoder.prototype, 'encode')
    const tracker = await openTracker(messagePath && { messagePath })
    const peer = await openPeer(tracker)
    await peer.join(swarmId(1))
    const answers = encode.mock.calls.filter(([{ type }]) => type === PacketType.ACK)
    expect(answers).toHaveLength(written)
  })
})
