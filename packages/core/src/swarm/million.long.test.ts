// Content of as many chunks as there may be: what happens all the time looks at few of them, and what happens now and
// then looks at each a few times at most. Work is counted (testing/work.ts), as milliseconds are the machine's.
import { afterAll, describe, expect, it } from 'vitest'
import { Bitfield, buildContent, MAX_CHUNKS } from '../content/index'
import { countWork } from '../testing/work'
import type { Message } from '../wire/index'
import type { SwarmEvent } from './events'

const work = countWork()
const { Swarm } = await import('./swarm')
const counted = await import('../content/index')
afterAll(() => work.stop())

/**
 * What happens all the time: so many blocks of code for each event at most. Anyone who holds few chunks has all its
 * bits looked through for each that is begun, sixteen at once at most: 131,072 bytes.
 */
const MOST_OFTEN = 4 * MAX_CHUNKS
/** The most of what happens now and then. A block takes a nanosecond or two, and a page may stand still for 100 ms. */
const MOST_SELDOM = 32 * MAX_CHUNKS

/** Chunks of one byte: the most that one manifest can name. */
const digests = new Uint8Array(MAX_CHUNKS * 32)
const { content, pages } = buildContent([{ path: 'a', bytes: MAX_CHUNKS }], digests, 1)

type Request = { peer: string; message: Extract<Message, { type: 'request' }> }

class Measured {
  now = 0
  readonly swarm: InstanceType<typeof Swarm>
  /** The most work of one event, by what happened; of events that were counted together, their mean. */
  readonly most = new Map<string, number>()
  requests: Request[] = []

  constructor(held: Bitfield) {
    let state = 1
    const random = () => {
      state = (state * 48_271) % 0x7fff_ffff
      return state / 0x7fff_ffff
    }
    const policy = { silenceMs: Number.POSITIVE_INFINITY }
    const own = counted.Bitfield.fromBytes(held.size, held.toBytes())
    if (!own) throw new Error('no bitfield')
    this.swarm = new Swarm(
      {
        contentId: content.id,
        start: { content, pages, held: own },
        downloading: true,
        uploading: true,
        policy,
        now: 0,
      },
      random,
    )
  }

  /** Counts what `run` does, which handles so many events of one kind. */
  count(what: string, run: () => void, events = 1): void {
    work.take()
    run()
    this.most.set(what, Math.max(this.most.get(what) ?? 0, work.take() / events))
  }

  handle(event: SwarmEvent): void {
    for (const action of this.swarm.handle(event, this.now))
      if (action.type === 'send' && action.message.type === 'request')
        this.requests.push({ peer: action.peer, message: action.message })
      else if (action.type === 'check-chunk')
        this.handle({ type: 'chunk-checked', chunk: action.chunk, from: action.from, ok: true })
  }

  say(peer: string, message: Message): void {
    this.handle({ type: 'message-received', peer, message })
  }

  join(peer: string, chunks: Bitfield): void {
    this.handle({ type: 'peer-joined', peer, dialled: false })
    this.say(peer, { type: 'hello', version: 1 })
    const manifestBytes = content.manifestBytes.length
    this.say(peer, { type: 'bitfield', manifestBytes, chunkCount: MAX_CHUNKS, bits: chunks.toBytes() })
  }

  /** How many times it woke. */
  wakeUntil(ms: number): number {
    let wakes = 0
    for (let { at } = this.swarm.nextWake; at <= ms; at = this.swarm.nextWake.at) {
      this.now = Math.max(this.now, at)
      this.handle({ type: 'wake' })
      wakes++
    }
    this.now = ms
    return wakes
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

function expectResponsive({ most }: Measured, often: string[]): void {
  const rows = [...most].map(([what, blocks]) => `${what} ${Math.round(blocks)}`).join(', ')
  console.info(rows)
  for (const [what, blocks] of most) expect(blocks, rows).toBeLessThan(often.includes(what) ? MOST_OFTEN : MOST_SELDOM)
}

describe('1,048,576 chunks', { timeout: 120_000 }, () => {
  it('[LAYOUT-5] to fetch: what comes often costs little, and nothing much, no matter who holds what', () => {
    const measured = new Measured(new Bitfield(MAX_CHUNKS))
    const peers: [string, Bitfield][] = [
      ['all', all],
      ['even', even],
      ['last', last],
      ['other', all],
      ...Array.from({ length: 3 }, (_, i): [string, Bitfield] => [`few${i}`, some((chunk) => chunk % 50_000 === i)]),
    ]
    for (const [peer, chunks] of peers) {
      measured.count('join', () => measured.join(peer, chunks))
      measured.count('unchoke', () => measured.say(peer, { type: 'unchoke' }))
    }
    for (let round = 0; round < 3; round++) {
      const requests = measured.requests.slice(0, 60)
      measured.requests = []
      measured.count(
        'block',
        () => {
          for (const { peer, message } of requests)
            measured.say(peer, { type: 'block', chunk: message.chunk, offset: 0, data: new Uint8Array(1) })
        },
        Math.max(1, requests.length),
      )
      measured.count('have', () => measured.say('few0', { type: 'have', chunk: 3 + round }))
      measured.count('snapshot', () => void measured.swarm.snapshot(measured.now))
      measured.count('chunkMap', () => void measured.swarm.chunkMap())
      measured.count('wake', () => void measured.wakeUntil(measured.now + 500))
    }
    measured.count('choke', () => measured.say('last', { type: 'choke' }))
    for (const downloading of [false, true])
      measured.count('pause', () => measured.handle({ type: 'activity-changed', downloading, uploading: true }))
    for (const chunks of [even, last, all]) {
      const chosen = counted.Bitfield.fromBytes(MAX_CHUNKS, chunks.toBytes())
      if (chosen) measured.count('choice', () => measured.handle({ type: 'choice-changed', chosen }))
    }
    for (const peer of ['even', 'all', 'last'])
      measured.count('peer-left', () => measured.handle({ type: 'peer-left', peer }))
    expectResponsive(measured, ['unchoke', 'block', 'have', 'choke', 'wake', 'snapshot'])
  })

  it('[LAYOUT-5] to serve: the rounds of choking look at what all neighbours hoard in one go', () => {
    const measured = new Measured(all)
    for (let i = 0; i < 12; i++) {
      measured.join(
        `p${i}`,
        some((chunk) => chunk % 12 === i),
      )
      measured.say(`p${i}`, { type: 'interested' })
    }
    for (let at = 5_000; at <= 20_000; at += 5_000) measured.count('wakes of 5 s', () => void measured.wakeUntil(at))
    measured.count('snapshot', () => void measured.swarm.snapshot(measured.now))
    expectResponsive(measured, [])
  })

  it('[LAYOUT-5] bitfields without end, by one that connects again and again, cost little each', () => {
    const measured = new Measured(new Bitfield(MAX_CHUNKS))
    for (let i = 0; i < 4; i++) {
      measured.count('join', () => measured.join(`p${i}`, i % 2 === 0 ? all : even))
      measured.count('peer-left', () => measured.handle({ type: 'peer-left', peer: `p${i}` }))
    }
    expectResponsive(measured, [])
  })
})
