// All that we know of what neighbours do who mean harm. Knows nothing of links.
import type { Behaviour, Besieger } from './besieger'

const wants = (siege: Besieger, peer: string): void => siege.say(peer, { type: 'interested' })
const serves = (siege: Besieger, peer: string): void => siege.say(peer, { type: 'unchoke' })

/** Asks for what everybody could have, where it is served. */
function asks(siege: Besieger, peer: string, length: number): void {
  if (!siege.served.has(peer)) return
  const asked = siege.asked.get(peer) ?? 0
  siege.asked.set(peer, asked + 1)
  const { chunkCount, chunkBytes } = siege.loot.content.layout
  siege.say(peer, {
    type: 'request',
    chunk: asked % (chunkCount - 1),
    offset: (asked * 64) % (chunkBytes - length),
    length,
  })
}

/** What docs/limits.md describes, each under a short name. */
export const behaviours: Record<string, Behaviour> = {
  idle: { joined: wants },
  squat: { claims: 'all', joined: wants, ticked: (s, p) => void (s.isTime(`ask ${p}`, 4_900) && asks(s, p, 1)) },
  'drip manifest': {
    claims: 'all',
    manifestBytes: 4_194_304,
    ticked: (s, p) => void (s.isTime(`drip ${p}`, 1_900 + s.random() * 8_000) && s.giveMetadata(p, false)),
  },
  'hold the manifest back': { claims: 'all' },
  'drip blocks': {
    claims: 'all',
    joined: serves,
    ticked(s, p) {
      s.giveMetadata(p, true)
      if (s.isTime(`drip ${p}`, 58_000)) s.give(p, true)
    },
  },
  'quick, then nothing': {
    claims: 'all',
    joined: serves,
    ticked(s, p) {
      s.giveMetadata(p, true)
      if (s.now % 60_000 < 10_000) for (let i = 0; i < 8; i++) s.give(p, true)
    },
  },
  lie: { claims: 'all', joined: serves, ticked: (s, p) => s.giveMetadata(p, true) },
  refuse: {
    claims: 'all',
    joined: serves,
    heard(s, p, message) {
      if (message.type === 'request') {
        s.requests.get(p)?.pop()
        s.say(p, { type: 'reject', chunk: message.chunk, offset: message.offset })
      }
    },
  },
  poison: {
    claims: 'all',
    joined: serves,
    ticked(s, p) {
      s.giveMetadata(p, true)
      for (let i = 0; i < 8; i++) s.give(p, false)
    },
  },
  'wrong manifest': { claims: 'all', ticked: (s, p) => s.giveMetadata(p, false) },
  // What is dropped for it is in the swarm's own tests; a virtual link takes too long over thousands of frames.
  flood: {
    joined: wants,
    ticked: (s, p) => s.say(p, ...Array.from({ length: 10 }, () => ({ type: 'keep-alive' }) as const)),
  },
  noise: {
    ticked: (s, p) =>
      s.sayBytes(
        p,
        Uint8Array.from({ length: 9 }, () => Math.floor(s.random() * 256)),
      ),
  },
  'slow reader': { reads: 400, joined: wants, ticked: (s, p) => asks(s, p, 4_096) },
  'ask and take back': {
    joined: wants,
    ticked(s, p) {
      asks(s, p, 4_096)
      const asked = (s.asked.get(p) ?? 1) - 1
      const { chunkCount, chunkBytes } = s.loot.content.layout
      s.say(p, { type: 'cancel', chunk: asked % (chunkCount - 1), offset: (asked * 64) % (chunkBytes - 4_096) })
    },
  },
  'dead offers': { isDead: true, renewsEveryMs: 15_000 },
  // Comes under its own name first, as it has to hear some, and then gives wrong chunks under theirs.
  frame: {
    isFraming: true,
    renewsEveryMs: 12_000,
    claims: 'all',
    joined: serves,
    ticked(s, p) {
      s.giveMetadata(p, true)
      for (let i = 0; i < 8; i++) s.give(p, false)
    },
  },
  sybil: { renewsEveryMs: 9_000, joined: wants },
  leaver: {
    claims: 'all',
    renewsEveryMs: 25_000,
    joined(s, p) {
      wants(s, p)
      serves(s, p)
    },
    ticked(s, p) {
      asks(s, p, 4_096)
      s.give(p, true)
    },
  },
}
