// A neighbour that keeps to no rule, put where a test can set it on a swarm: it joins as any tab does, and then
// attacks. Bundled by hostile-peers.spec.ts, never shipped.
import { parseLinkId } from '@swarmdrop/core'
import {
  deriveSwarmKeys,
  drawAttemptId,
  JoinReply,
  MoreReply,
  Sealer,
  SignalMessage,
  TabKey,
} from '@swarmdrop/core/signaling'
import { decodeMessage, encodeMessage, type Message } from '@swarmdrop/core/wire'
import { SocketLine, SwarmConnection } from '@swarmdrop/peer'
import { pagePorts, randomBytes, time } from './support/page-ports'

const BLOCK_BYTES = 65_536
/** More messages than any rule lets through, and an end: attackers meet, and nobody drops anybody there. */
const FLOOD = 3_000

type Known = { manifestBytes: number; chunkCount: number }
type Attack = {
  /** Holds what the bitfield says: everything, unless told otherwise. */
  claims?: 'nothing'
  /** What the attacker does once, when the greeting is over. */
  begin?: (say: Say, known: Known) => void
  /** Names itself, in all that it offers and answers, as the first that it has heard. */
  inDisguise?: true
  /** What the page says to each message. */
  answer?: (say: Say, message: Message) => void
}
type Say = { message(message: Message): void; frame(frame: Uint8Array): void }

const flood = (say: Say, make: (i: number) => Message) => {
  for (let i = 0; i < FLOOD; i++) say.message(make(i))
}
const request = (chunk: number, offset = 0, length = 1_024): Message => ({ type: 'request', chunk, offset, length })

const lengths = [262_144, 0, 131_082, 1, 200_000, 2, 131_081, 5, 1_000, 9, 25, 13]
/** Connections made so far, to take the lengths in turn. */
let connections = 0

function sendWrongBlock(say: Say, message: Message): void {
  if (message.type !== 'request') return
  const { chunk, offset, length } = message
  say.message({ type: 'block', chunk, offset, data: randomBytes(length) })
}

const attacks = {
  'wrong chunk': {
    begin: (say) => say.message({ type: 'unchoke' }),
    answer: sendWrongBlock,
  },
  'wrong metadata': {
    answer: (say, message) => {
      if (message.type !== 'metadata-request') return
      const { part, offset, length } = message
      say.message({ type: 'metadata-block', part, offset, data: randomBytes(length) })
    },
  },
  'wrong chunk, as somebody else': {
    inDisguise: true,
    begin: (say) => say.message({ type: 'unchoke' }),
    answer: sendWrongBlock,
  },
  'requests without end': { claims: 'nothing', begin: (say) => flood(say, () => request(0)) },
  'metadata that nobody asked for': {
    claims: 'nothing',
    begin: (say) => say.message({ type: 'metadata-block', part: 0, offset: 0, data: randomBytes(BLOCK_BYTES) }),
  },
  'changes of mind without end': {
    claims: 'nothing',
    begin: (say) => flood(say, (i) => ({ type: i % 2 === 0 ? 'interested' : 'not-interested' })),
  },
  // 262,144 bytes are the most that Chromium sends in one message.
  'random frames of every length': {
    claims: 'nothing',
    // One for each connection: the first that is no message ends it.
    begin: (say) => say.frame(randomBytes(lengths[connections++ % lengths.length] ?? 0)),
  },
} satisfies Record<string, Attack>

export type AttackName = keyof typeof attacks

class Attacker {
  /** How many connections were ended by the others. */
  dropped = 0
  attacked = 0
  readonly #attack: Attack
  readonly #connection: SwarmConnection
  readonly #ungreeted = new Set<string>()
  #known: Known | undefined

  constructor(name: AttackName, link: string) {
    this.#attack = attacks[name]
    if ('inDisguise' in this.#attack) takeNames()
    this.#connection = new SwarmConnection(pagePorts, contentIdOf(link), {
      peerJoined: (peer) => {
        this.#ungreeted.add(peer)
        this.#sayTo(peer).message({ type: 'hello', version: 1 })
        this.#greet()
      },
      peerLeft: (peer) => {
        this.#ungreeted.delete(peer)
        this.dropped++
      },
      frame: (peer, frame) => this.#hear(peer, frame),
      drained: () => {},
      changed: () => {},
    })
    this.#connection.start()
  }

  #hear(peer: string, frame: Uint8Array): void {
    const decoded = decodeMessage(frame)
    if (!decoded.ok) return
    const { message } = decoded
    if (message.type === 'bitfield') this.#known ??= message
    this.#greet()
    this.#attack.answer?.(this.#sayTo(peer), message)
  }

  /** Tells all who are there what we claim to hold, as soon as we know how large the content is. */
  #greet(): void {
    const known = this.#known
    if (!known) return
    for (const peer of this.#ungreeted) {
      const { manifestBytes, chunkCount } = known
      const bits = new Uint8Array(Math.ceil(chunkCount / 8))
      if (this.#attack.claims !== 'nothing')
        for (let chunk = 0; chunk < chunkCount; chunk++)
          bits[chunk >> 3] = (bits[chunk >> 3] ?? 0) | (128 >> (chunk & 7))
      const say = this.#sayTo(peer)
      say.message({ type: 'bitfield', manifestBytes, chunkCount, bits })
      this.#attack.begin?.(say, known)
      this.attacked++
    }
    this.#ungreeted.clear()
  }

  #sayTo(peer: string): Say {
    const { links } = this.#connection
    return {
      message: (message) => links.send(peer, encodeMessage(message)),
      frame: (frame) => links.send(peer, frame),
    }
  }
}

function contentIdOf(link: string): Uint8Array {
  const parsed = parseLinkId(link.slice(link.indexOf('#')))
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.id
}

/** Offers and answers that this page has made under another's name; and offers of connections that it does not have. */
let disguised = 0
let offered = 0

/** Makes this page say, from the first name that it hears on, that it is that tab. */
function takeNames(): void {
  let stolen: SignalMessage | undefined
  const { open } = Sealer.prototype
  Sealer.prototype.open = function (...sealed) {
    const opened = open.apply(this, sealed)
    const heard = opened.ok ? SignalMessage.safeParse(opened.message).data : undefined
    if (heard?.proof) stolen ??= heard
    return opened
  }
  const { message } = TabKey.prototype
  TabKey.prototype.message = function (...said) {
    const own = message.apply(this, said)
    if (!stolen) return own
    disguised++
    return { ...own, tab: stolen.tab }
  }
}

/**
 * A socket of its own in the swarm, without WebRTC, that offers a connection to everybody it hears of, again and again.
 */
function offerInVain(link: string, everyMs: number): void {
  const { swarmId, key } = deriveSwarmKeys(contentIdOf(link))
  const line = new SocketLine(location.origin, time)
  const tabKey = new TabKey(randomBytes)
  const offerAll = async (own: string, sealer: Sealer) => {
    const more = MoreReply.safeParse(await line.ask('more', { swarmId, wants: 50 })).data
    for (const to of more?.peers ?? []) {
      const meeting = { from: own, to, attempt: drawAttemptId(randomBytes) }
      const sealed = sealer.seal(to, tabKey.message(meeting, { type: 'offer', sdp: 'v=0' }))
      line.tell('signal', { swarmId, to, sealed })
      offered++
    }
  }
  line.open({
    up: async () => {
      const joined = JoinReply.safeParse(await line.ask('join', { swarmId })).data
      if (!joined) return
      const sealer = new Sealer(key, joined.id, randomBytes)
      void offerAll(joined.id, sealer)
      time.every(everyMs, () => void offerAll(joined.id, sealer))
    },
    lost: () => {},
    heard: () => {},
  })
}

let attacker: Attacker | undefined

const hostile = {
  attack(name: AttackName, link: string): void {
    attacker = new Attacker(name, link)
  },
  offerInVain(link: string, sockets: number, everyMs: number): void {
    for (let i = 0; i < sockets; i++) offerInVain(link, everyMs)
  },
  counts: () => ({ attacked: attacker?.attacked ?? 0, dropped: attacker?.dropped ?? 0, disguised, offered }),
}

declare global {
  interface Window {
    hostile: typeof hostile
  }
}

window.hostile = hostile
