// Content of as many chunks as there may be: nothing that happens takes the machine longer than a page can stand still for.
import { describe, expect, it } from 'vitest'
import { Bitfield, buildContent, MAX_CHUNKS } from '../content/index'
import type { Message } from '../wire/index'
import type { SwarmEvent } from './events'
import { Swarm } from './swarm'

/** What a person does not notice. */
const MOST_MS = 100
/** Chunks of one byte: the most that one manifest can name. */
const digests = new Uint8Array(MAX_CHUNKS * 32)
const { content, pages } = buildContent([{ path: 'a', bytes: MAX_CHUNKS }], digests, 1)

class Measured {
  now = 0
  readonly swarm: Swarm
  readonly slowestMs = new Map<string, number>()
  requests: { peer: string; message: Extract<Message, { type: 'request' }> }[] = []

  constructor(held: Bitfield) {
    let state = 1
    const random = () => {
      state = (state * 48_271) % 0x7fff_ffff
      return state / 0x7fff_ffff
    }
    const policy = { silenceMs: Number.POSITIVE_INFINITY }
    this.swarm = new Swarm(
      { contentId: content.id, start: { content, pages, held }, downloading: true, uploading: true, policy, now: 0 },
      random,
    )
  }

  time<T>(what: string, run: () => T): T {
    const startedAt = process.cpuUsage()
    const result = run()
    const { user, system } = process.cpuUsage(startedAt)
    this.slowestMs.set(what, Math.max(this.slowestMs.get(what) ?? 0, (user + system) / 1_000))
    return result
  }

  handle(what: string, event: SwarmEvent): void {
    for (const action of this.time(what, () => this.swarm.handle(event, this.now)))
      if (action.type === 'send' && action.message.type === 'request')
        this.requests.push({ peer: action.peer, message: action.message })
      else if (action.type === 'check-chunk')
        this.handle('chunk-checked', { type: 'chunk-checked', chunk: action.chunk, from: action.from, ok: true })
  }

  say(peer: string, message: Message, what: string = message.type): void {
    this.handle(what, { type: 'message-received', peer, message })
  }

  join(peer: string, chunks: Bitfield): void {
    this.handle('peer-joined', { type: 'peer-joined', peer, dialled: false })
    this.say(peer, { type: 'hello', version: 1 })
    const manifestBytes = content.manifestBytes.length
    this.say(peer, { type: 'bitfield', manifestBytes, chunkCount: MAX_CHUNKS, bits: chunks.toBytes() })
  }

  wakeUntil(ms: number): void {
    for (let { at } = this.swarm.nextWake; at <= ms; at = this.swarm.nextWake.at) {
      this.now = Math.max(this.now, at)
      this.handle('wake', { type: 'wake' })
    }
    this.now = ms
  }
}

const some = (holds: (chunk: number) => boolean): Bitfield => {
  const bits = new Bitfield(MAX_CHUNKS)
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) if (holds(chunk)) bits.set(chunk)
  return bits
}
const all = Bitfield.full(MAX_CHUNKS)
const even = some((chunk) => chunk % 2 === 0)
const last = some((chunk) => chunk >= MAX_CHUNKS - 1_000)

function expectResponsive({ slowestMs }: Measured): void {
  const rows = [...slowestMs].map(([what, ms]) => `${what} ${ms.toFixed(1)} ms`).join(', ')
  console.info(rows)
  expect(Math.max(...slowestMs.values()), rows).toBeLessThan(MOST_MS)
}

// On a busy machine, what is measured is the machine: again, then.
describe('1,048,576 chunks', { timeout: 120_000, retry: 2 }, () => {
  it('[LAYOUT-5] to fetch: no event takes longer than 100 ms, whoever holds what', () => {
    const measured = new Measured(new Bitfield(MAX_CHUNKS))
    // Once for the compiler.
    measured.join('warm', even)
    measured.handle('peer-left', { type: 'peer-left', peer: 'warm' })
    measured.slowestMs.clear()
    const peers: [string, Bitfield][] = [
      ['all', all],
      ['even', even],
      ['last', last],
      ['other', all],
      ...Array.from({ length: 20 }, (_, i): [string, Bitfield] => [`few${i}`, some((chunk) => chunk % 50_000 === i)]),
    ]
    for (const [peer, chunks] of peers) {
      measured.join(peer, chunks)
      measured.say(peer, { type: 'unchoke' })
    }
    for (let round = 0; round < 20; round++) {
      const { requests } = measured
      measured.requests = []
      for (const { peer, message } of requests.slice(0, 60))
        measured.say(peer, { type: 'block', chunk: message.chunk, offset: 0, data: new Uint8Array(1) })
      measured.say('few0', { type: 'have', chunk: 3 + round })
      measured.time('snapshot', () => measured.swarm.snapshot(measured.now))
      measured.time('chunkMap', () => measured.swarm.chunkMap())
      measured.wakeUntil(measured.now + 500)
    }
    measured.say('last', { type: 'choke' })
    measured.handle('activity-changed', { type: 'activity-changed', downloading: false, uploading: true })
    measured.handle('activity-changed', { type: 'activity-changed', downloading: true, uploading: true })
    for (const peer of ['even', 'all', 'last']) measured.handle('peer-left', { type: 'peer-left', peer })
    expectResponsive(measured)
  })

  it('[LAYOUT-5] to serve: the rounds of choking look at what 50 neighbours hoard in one go', () => {
    const measured = new Measured(all)
    for (let i = 0; i < 50; i++) {
      measured.join(
        `p${i}`,
        some((chunk) => chunk % 50 === i),
      )
      measured.say(`p${i}`, { type: 'interested' })
    }
    measured.slowestMs.clear()
    measured.wakeUntil(60_000)
    measured.time('snapshot', () => measured.swarm.snapshot(measured.now))
    expectResponsive(measured)
  })

  it('[LAYOUT-5] bitfields without end, by one that connects again and again, cost little each', () => {
    const measured = new Measured(new Bitfield(MAX_CHUNKS))
    for (let i = 0; i < 30; i++) {
      measured.join(`p${i}`, i % 2 === 0 ? all : even)
      measured.handle('peer-left', { type: 'peer-left', peer: `p${i}` })
      if (i === 1) measured.slowestMs.clear()
    }
    expectResponsive(measured)
  })
})
