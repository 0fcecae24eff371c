import { PacketType } from 'socket.io-parser'
import { describe, expect, it } from 'vitest'
import { fastPath } from './fast-path'
import type { PeerSocket } from './message-path'
import { textFrame } from './text-frame'

/** A socket as the libraries make it, as far as the fast path reaches into it; `change` takes parts away. */
function listenTo(change: (socket: Record<'client' | 'conn', Record<string, unknown>>) => void = () => {}) {
  const said = {
    heard: [] as unknown[],
    decoded: [] as unknown[],
    missing: [] as string[],
    framed: '',
    queued: [] as string[],
  }
  const path = fastPath((part) => said.missing.push(part))
  const decoder = new path.parser.Decoder()
  decoder.on('decoded', (packet) => void said.decoded.push(packet))
  const tcp = { writable: true, write: (bytes: Buffer) => (said.framed += bytes.toString('latin1')) }
  const conn: Record<string, unknown> = {
    readyState: 'open',
    writeBuffer: [],
    request: { socket: tcp },
    transport: { name: 'websocket' },
    write: (text: string) => said.queued.push(text),
  }
  let onAny = (..._event: unknown[]) => {}
  let onLeaving = () => {}
  const socket = {
    client: { decoder } as Record<string, unknown>,
    conn,
    onAny: (hear: typeof onAny) => {
      onAny = hear
    },
    once: (_event: 'disconnect', leave: typeof onLeaving) => {
      onLeaving = leave
    },
  }
  change(socket)
  path.listen(socket as unknown as PeerSocket, (event, content, answer) => {
    said.heard.push([event, content])
    answer?.('{}')
  })
  return { said, decoder, conn, tcp, onAny: (...event: unknown[]) => onAny(...event), leave: () => onLeaving() }
}

const JOIN = '217["join",{"wants":1}]'

describe('the fast path', () => {
  it('hears an event where socket.io would decode it, and answers in one frame', () => {
    const { said, decoder } = listenTo()
    decoder.add(JOIN)
    expect(said).toMatchObject({ heard: [['join', { wants: 1 }]], decoded: [], missing: [], queued: [] })
    expect(said.framed).toBe(textFrame('4317[{}]').toString('latin1'))
  })

  it('answers nothing where no answer is wanted', () => {
    const { said, decoder } = listenTo()
    decoder.add('2["join"]')
    expect(said).toMatchObject({ heard: [['join', undefined]], framed: '', queued: [] })
  })

  it.each([
    ['while the connection holds something back', (conn) => (conn.writeBuffer = ['earlier'])],
    ['at its end', (conn) => (conn.readyState = 'closing')],
    ['when its queue is not to be seen any more', (conn) => delete conn.writeBuffer],
  ] satisfies [string, (conn: Record<string, unknown>) => void][])(
    'gives the answer to the queue: %s',
    (_name, change) => {
      const { said, decoder, conn } = listenTo()
      change(conn)
      decoder.add(JOIN)
      expect(said).toMatchObject({ framed: '', queued: ['317[{}]'] })
    },
  )

  it('gives the answer to the queue once the connection is cut off', () => {
    const { said, decoder, tcp } = listenTo()
    tcp.writable = false
    decoder.add(JOIN)
    expect(said).toMatchObject({ framed: '', queued: ['317[{}]'] })
  })

  it('leaves to the library what is no event, and what follows until that is handled', async () => {
    const { said, decoder } = listenTo()
    decoder.add('1')
    decoder.add(JOIN)
    expect(said.heard).toEqual([])
    expect(said.decoded).toMatchObject([{ type: PacketType.DISCONNECT }, { type: PacketType.EVENT, id: 17 }])
    await new Promise(process.nextTick)
    decoder.add(JOIN)
    expect(said.heard).toHaveLength(1)
  })

  it('leaves to the library what comes when the socket has left', () => {
    const { said, decoder, leave } = listenTo()
    leave()
    decoder.add(JOIN)
    expect([said.heard.length, said.decoded.length]).toEqual([0, 1])
  })

  it('leaves to the library what comes before the binary part of a message, and it refuses that', () => {
    const { decoder } = listenTo()
    decoder.add('51-["signal",{"_placeholder":true,"num":0}]')
    expect(() => decoder.add(JOIN)).toThrow('plaintext')
  })

  it('leaves who polls to the library, and says nothing of it', () => {
    const { said, decoder, onAny } = listenTo(({ conn }) => {
      conn.transport = { name: 'polling' }
    })
    decoder.add(JOIN)
    expect(said).toMatchObject({ heard: [], missing: [], framed: '', queued: [] })
    expect(said.decoded).toHaveLength(1)
    const replies: unknown[] = []
    onAny('join', { wants: 1 }, (reply: unknown) => replies.push(reply))
    expect([said.heard, replies]).toEqual([[['join', { wants: 1 }]], [{}]])
  })

  it.each([
    ['client.decoder', ({ client }) => delete client.decoder],
    ['conn.writeBuffer', ({ conn }) => delete conn.writeBuffer],
  ] satisfies [string, Parameters<typeof listenTo>[0]][])(
    'says what is missing, and takes the public way: %s',
    (part, change) => {
      const { said, decoder, onAny } = listenTo(change)
      expect(said.missing).toEqual([part])
      decoder.add(JOIN)
      expect([said.heard, said.decoded.length]).toEqual([[], 1])
      const replies: unknown[] = []
      onAny('join', { wants: 1 }, (reply: unknown) => replies.push(reply))
      expect([said.heard, replies]).toEqual([[['join', { wants: 1 }]], [{}]])
    },
  )
})
