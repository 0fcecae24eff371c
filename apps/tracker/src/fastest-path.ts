// Decides at start which way messages take: it tries the fast one with the libraries that are installed, over a wire in
// memory. Knows nothing of how that way works.
import { createServer } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { fastPath } from './fast-path'
import { type MessagePath, publicPath } from './message-path'
import { textFrame } from './text-frame'

const SLOWER =
  'the short cut for messages does not fit the installed socket.io: they take its public way, which is slower'

/** A trial needs some ten turns of the event loop. */
const MAX_TURNS = 200

/**
 * The fast path if it works here, otherwise the public one. What is missing is logged once. `newPath` makes what is
 * tried.
 */
export async function fastestPath(log: Logger, newPath = fastPath): Promise<MessagePath> {
  let isSaid = false
  const say = (missing: string) => {
    if (isSaid) return
    isSaid = true
    log.warn({ missing }, SLOWER)
  }
  const path = newPath(say)
  const missing = await missingIn(path).catch(String)
  if (missing === undefined) return path
  say(missing)
  return publicPath
}

/** What a trial shows to be missing; undefined: nothing. Rejects where the libraries throw. */
async function missingIn(path: MessagePath): Promise<string | undefined> {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'], serveClient: false, parser: path.parser })
  const wire = openWire()
  let passedOn = 0
  io.on('connection', (socket) => {
    socket.onAny(() => passedOn++)
    path.listen(socket, (event, _content, answer) => {
      socket.emit('before')
      // The first is still on its way: this one waits in a queue.
      if (event === 'busy') socket.emit('waits')
      answer?.('"answer"')
      socket.emit('after')
    })
  })
  try {
    http.emit('connection', wire.stream)
    wire.stream.push(UPGRADE)
    if (!(await wire.brings('0{"sid"'))) return 'a WebSocket'
    wire.stream.push(maskedFrame('40'))
    if (!(await wire.brings('40{"sid"'))) return 'a socket'
    wire.stream.push(maskedFrame('420["idle"]'))
    if (!(await wire.brings(frames('42["before"]', '430["answer"]', '42["after"]')))) return IN_ORDER
    wire.stream.push(maskedFrame('421["busy"]'))
    if (!(await wire.brings(frames('42["before"]', '42["waits"]', '431["answer"]', '42["after"]')))) return IN_ORDER
    return passedOn > 0 ? 'events past the library' : undefined
  } finally {
    wire.stream.destroy()
  }
}

const IN_ORDER = 'an answer between what was sent before and after it'

const frames = (...texts: string[]) => Buffer.concat(texts.map(textFrame)).toString('latin1')

const UPGRADE =
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: tracker\r\n' +
  'Connection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n'

/**
 * A text frame as a client sends it: RFC 6455 wants a mask, and zeros leave the text as it is. For less than 126 bytes.
 */
const maskedFrame = (text: string) =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])

/** The server's end of a connection whose other end is here. */
function openWire() {
  let received = ''
  const stream = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      received += bytes.toString('latin1')
      done()
    },
  })
  // Whatever breaks it shows in what does not come.
  stream.on('error', () => {})
  const brings = async (bytes: string): Promise<boolean> => {
    for (let turn = 0; turn < MAX_TURNS && !received.includes(bytes); turn++) await nextTurn()
    return received.includes(bytes)
  }
  return { stream, brings }
}
