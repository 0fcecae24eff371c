// A peer that polls by hand: each request is the test's. Knows nothing of what a test shows.
import { once } from 'node:events'
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { afterTest } from './cleanup'

type Headers = Record<string, string>
type Answer = { status: number; text: string; headers: IncomingHttpHeaders }

/** The packet by which engine.io says that a session is closed. */
export const GONE = '1'
export const POLL = '/socket.io/?EIO=4&transport=polling'

/**
 * Asks once. Rejects where the tracker ends the connection without an answer. Without an agent, each request has a
 * connection of its own.
 */
export async function ask(
  port: number,
  path: string,
  headers: Headers = {},
  body?: string,
  agent: Agent | false = false,
): Promise<Answer> {
  const response = await answerTo(port, path, headers, body, agent)
  let text = ''
  for await (const piece of response.setEncoding('utf8')) text += String(piece)
  return { status: response.statusCode ?? 0, text, headers: response.headers }
}

/** Asks, and reads only the head of the answer: nothing more, whatever comes. */
export async function askWithoutReading(port: number, path: string): Promise<IncomingMessage> {
  const response = await answerTo(port, path)
  response.socket.pause()
  return response
}

/** Begins to send a body, and does not end. */
export function beginBody(port: number, path: string): void {
  const asked = request({ port, host: '127.0.0.1', path, method: 'POST', agent: false })
  afterTest(() => asked.destroy())
  asked.on('error', () => {})
  asked.write('6')
}

async function answerTo(
  port: number,
  path: string,
  headers: Headers = {},
  body?: string,
  agent: Agent | false = false,
): Promise<IncomingMessage> {
  const method = body === undefined ? 'GET' : 'POST'
  const asked = request({ port, host: '127.0.0.1', path, method, headers, agent })
  afterTest(() => asked.destroy())
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  return response
}

type RawPolling = {
  sid: string
  path: string
  poll(): Promise<Answer>
  /** Packets of engine.io: '42[…]' is an event, '3' a pong. */
  say(...packets: string[]): Promise<Answer>
  /** Polls until that has come; all that came until then. */
  until(text: string): Promise<string>
}

/** A session that has opened socket.io's namespace. */
export async function openRawPolling(
  port: number,
  headers: Headers = {},
  agent: Agent | false = false,
): Promise<RawPolling> {
  const { sid } = JSON.parse((await ask(port, POLL, headers, undefined, agent)).text.slice(1)) as { sid: string }
  const path = `${POLL}&sid=${sid}`
  const poll = () => ask(port, path, headers, undefined, agent)
  const session: RawPolling = {
    sid,
    path,
    poll,
    say: (...packets) => ask(port, path, headers, packets.join('\x1e'), agent),
    until: async (wanted) => {
      let all = ''
      while (!all.includes(wanted)) {
        const { status, text } = await poll()
        if (status !== 200 || text === GONE) throw new Error(`The poll was answered ${status}: ${text}`)
        all += text
      }
      return all
    },
  }
  await session.say('40')
  await session.until('40{"sid"')
  return session
}
