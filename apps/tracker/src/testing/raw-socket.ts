// A WebSocket by hand that speaks socket.io's frames as a test spells them, answers no ping and can stop reading.
import { get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, vi } from 'vitest'
import { afterTest } from './cleanup'

export type RawSocket = {
  tcp: Socket
  /** An engine.io packet: '40' opens the namespace, '42[…]' is an event, '3' a pong. */
  send(...packets: string[]): void
  /** All that has come so far, frame headers included. */
  received(): string
  /** Resolves when the tracker has closed the connection. */
  closed: Promise<unknown>
}

/** How the first byte of a closing frame reads in `received()`. */
export const CLOSE_FRAME = '\x88'

/** `opening`: how often it asks for the namespace, all at once. */
export async function openRawSocket(port: number, opening = 1): Promise<RawSocket> {
  const tcp = connect(port, '127.0.0.1')
  afterTest(() => tcp.destroy())
  let text = ''
  tcp.on('data', (data) => {
    text += data.toString('latin1')
  })
  // Being reset is one way of being cut off.
  tcp.on('error', () => tcp.destroy())
  const closed = new Promise((resolve) => tcp.once('close', resolve))
  tcp.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: tracker\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n',
  )
  const raw = {
    tcp,
    send: (...packets: string[]) => void tcp.write(Buffer.concat(packets.map(frame))),
    received: () => text,
    closed,
  }
  await vi.waitFor(() => expect(text).toContain('0{"sid"'))
  raw.send(...Array<string>(opening).fill('40'))
  await vi.waitFor(() => expect(text).toContain('40{"sid"'))
  return raw
}

/** Asks for a WebSocket. Rejects where the tracker ends the connection without an answer. */
export function askUpgrade(port: number, path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const asked = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
  }
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: { ...headers, ...asked } }, resolve)
      .once('upgrade', resolve)
      .once('error', reject)
  })
}

/** One masked text frame; under a mask of zeros the text stays readable. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text)
  const header = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0xfe, 0, 0])
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, Buffer.alloc(4), payload])
}
