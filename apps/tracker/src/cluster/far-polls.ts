// Polls that come to another node than the one that has their session: they go there through Redis, and are asked there
// of the node's own server, as if they had come to it. Knows nothing of what is said. Where a proxy keeps people at one
// node, none of this happens.
import { Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { randomId } from '../random-ids'
import type { Cluster } from './cluster'
import { type NodeTag, tagOf } from './keys'

/** A poll waits until there is something to say; a ping at the latest. */
const ANSWER_WITHIN_MS = 9_000
/** The most bytes of one request: who sends more is cut off, as at its own node. */
const MAX_BODY_BYTES = 80 * 1024
/** The headers that tell whether a page may ask. */
const PASSED_ON = ['host', 'origin', 'sec-fetch-site', 'content-type', 'x-forwarded-host', 'x-forwarded-proto']

/** The packet by which engine.io says that a session is closed. */
const THE_END = '1'
const GONE = 'There is no such session.\n'

type FarPoll = { key: string; method: string; url: string; headers: Record<string, string>; body: string }
type FarAnswer = { status: number; type: string; body: string }

export class FarPolls {
  readonly #cluster: Cluster
  readonly #agent = new Agent({ keepAlive: true })
  /** How to end each poll of another node that waits here. */
  readonly #waiting = new Map<string, () => void>()
  /** The port of this node's own server. */
  port: number | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    cluster.listen({ closed: () => this.#agent.destroy() })
    cluster.bus.on('poll', (poll: FarPoll) => this.#askOwn(poll))
    cluster.bus.on('poll-gone', ({ key }: { key: string }) => this.#waiting.get(key)?.())
  }

  /** The other node that has this session, if it lives; undefined: it would be here. */
  nodeOf(sid: string): NodeTag | undefined {
    const node = tagOf(sid)
    return node === this.#cluster.tag ? undefined : node
  }

  /** Answers the request with what that node says. */
  async pass(node: NodeTag, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    // Answered where it can be: behind a proxy, an end without an answer counts as a failure of this server.
    if (body === undefined) return void response.writeHead(413, { Connection: 'close' }).end()
    if ((await this.#cluster.livingOther(node)) === undefined) {
      const isPoll = request.method === 'GET'
      return void response.writeHead(isPoll ? 200 : 400, { 'Content-Type': 'text/plain' }).end(isPoll ? THE_END : GONE)
    }
    const headers = Object.fromEntries(PASSED_ON.flatMap((name) => named(name, request.headers[name])))
    const poll: FarPoll = { key: randomId(), method: request.method ?? 'GET', url: request.url ?? '', headers, body }
    response.once('close', () => {
      if (!response.writableFinished) this.#cluster.bus.tell(node, 'poll-gone', { key: poll.key })
    })
    const answer = (await this.#cluster.bus.ask(node, 'poll', poll, ANSWER_WITHIN_MS)) as FarAnswer | undefined
    const {
      status,
      type,
      body: said,
    } = answer ?? { status: 502, type: 'text/plain', body: 'Its server does not answer.\n' }
    response.writeHead(status, { 'Content-Type': type }).end(said)
  }

  #askOwn({ key, method, url, headers, body }: FarPoll): Promise<FarAnswer | undefined> {
    return new Promise((resolve) => {
      const own = ask({ port: this.port, host: 'localhost', method, path: url, headers, agent: this.#agent })
      this.#waiting.set(key, () => own.destroy())
      own.on('response', async (response) => {
        const said = await buffer(response).catch(() => undefined)
        const { statusCode = 502, headers: told } = response
        resolve(said && { status: statusCode, type: told['content-type'] ?? 'text/plain', body: said.toString() })
      })
      own.on('error', () => resolve(undefined))
      own.once('close', () => this.#waiting.delete(key))
      own.end(body)
    })
  }
}

const named = (name: string, value: string | string[] | undefined): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : []

/** Undefined where it is too long, or ends in the middle. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > MAX_BODY_BYTES) return undefined
      pieces.push(piece)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(pieces).toString()
}
