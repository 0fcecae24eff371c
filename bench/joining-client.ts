// Many peers that join and leave swarms, and signal, over WebSockets, written by hand: socket.io's own client costs as
// much as the server that is to be measured. Knows nothing of what the server does.
import { connect, type Socket } from 'node:net'

const handshake = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: tracker\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n'
/** engine.io's ping, and the pong that it wants; socket.io's acknowledgement. */
const PING = '2'
const PONG = '3'
const ACKNOWLEDGED = '43'

export type JoiningPeer = {
  /**
   * Joins one swarm after the other, each when the one before is acknowledged: the id in the last. Rejects when one is
   * refused.
   */
  join(swarmIds: readonly string[]): Promise<string>
  leave(swarmIds: readonly string[]): Promise<unknown>
  /** Sends so many signals, each when the one before is acknowledged. */
  signal(swarmId: string, to: string, times: number): Promise<unknown>
  close(): void
}

export async function openPeer(port: number): Promise<JoiningPeer> {
  const tcp = connect(port, '127.0.0.1').setNoDelay()
  let onMessage: (message: string) => void = () => {}
  const messages = (wanted: string) =>
    new Promise<void>((resolve) => {
      onMessage = (message) => message.startsWith(wanted) && resolve()
    })
  const say = (message: string) => tcp.write(frame(message))
  readFrames(tcp, (message) => (message === PING ? say(PONG) : onMessage(message)))

  const opened = messages('0')
  tcp.write(handshake('/socket.io/?EIO=4&transport=websocket'))
  await opened
  const connected = messages('40')
  say('40')
  await connected

  /** Asks one after another. Resolves with the last answer. */
  const askInTurn = (event: string, contents: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      let next = 0
      let last = ''
      const ask = () => {
        if (next === contents.length) return resolve(last)
        say(`42${next}["${event}",${contents[next++]}]`)
      }
      onMessage = (message) => {
        if (!message.startsWith(ACKNOWLEDGED)) return
        if (message.includes('refused')) return reject(new Error(`${event}: ${message}`))
        last = message
        ask()
      }
      ask()
    })
  return {
    join: async (swarmIds) => /"id":"([^"]+)"/.exec(await askInTurn('join', swarmIds.map(inSwarm)))?.[1] ?? '',
    leave: (swarmIds) => askInTurn('leave', swarmIds.map(inSwarm)),
    signal: (swarmId, to, times) =>
      askInTurn('signal', Array<string>(times).fill(`{"swarmId":"${swarmId}","to":"${to}","sealed":"x"}`)),
    close: () => tcp.destroy(),
  }
}

/**
 * A client of bittorrent-tracker: it joins by announcing itself, which is answered with how many there are, and offers
 * nobody a connection.
 */
export async function openAnnouncer(port: number, number: number): Promise<JoiningPeer> {
  const tcp = connect(port, '127.0.0.1').setNoDelay()
  let onMessage: (message: string) => void = () => {}
  readFrames(tcp, (message) => onMessage(message))
  tcp.write(handshake('/'))
  // It has no greeting: the answer to the handshake is the first that comes.
  await new Promise((resolve) => tcp.once('data', resolve))
  const peerId = String(number).padStart(20, 'p')
  const announceInTurn = (event: string, swarmIds: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      let next = 0
      const announce = () => {
        const swarm = swarmIds[next++]?.slice(-20)
        if (swarm === undefined) return resolve('')
        tcp.write(frame(`{"action":"announce","info_hash":"${swarm}","peer_id":"${peerId}","event":"${event}"}`))
      }
      onMessage = (message) => (message.includes('failure') ? reject(new Error(message)) : announce())
      announce()
    })
  return {
    join: (swarmIds) => announceInTurn('started', swarmIds),
    leave: (swarmIds) => announceInTurn('stopped', swarmIds),
    signal: async () => {},
    close: () => tcp.destroy(),
  }
}

const inSwarm = (swarmId: string) => `{"swarmId":"${swarmId}"}`

/** One text frame, masked with zeros, which costs nobody anything to apply. All that is said here is short. */
function frame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  if (length >= 126) throw new RangeError(`“${text}” is too long for this client.`)
  const bytes = Buffer.alloc(6 + length)
  bytes[0] = 0x81
  bytes[1] = 0x80 | length
  bytes.write(text, 6)
  return bytes
}

/** Cuts what comes into text frames, past the HTTP answer that comes first. */
function readFrames(tcp: Socket, onFrame: (text: string) => void): void {
  let waiting: Buffer = Buffer.alloc(0)
  let upgraded = false
  tcp.on('data', (data) => {
    let bytes: Buffer = waiting.length === 0 ? data : Buffer.concat([waiting, data])
    if (!upgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      upgraded = end >= 0
      bytes = upgraded ? bytes.subarray(end + 4) : bytes
    }
    while (upgraded && bytes.length >= 2) {
      const short = (bytes[1] as number) & 0x7f
      const start = short === 126 ? 4 : 2
      if (bytes.length < start) break
      const end = start + (short === 126 ? bytes.readUInt16BE(2) : short)
      if (bytes.length < end) break
      onFrame(bytes.toString('latin1', start, end))
      bytes = bytes.subarray(end)
    }
    waiting = bytes
  })
}
