// Sends a few bytes from here to here through the tracker's own relay, as two neighbours would that find no other way.
// Knows nothing of WebRTC.
import { encodeBase64url } from '@swarmdrop/core'
import { drawAttemptId, drawRelaySalt, type RelayKeys, relayKeys } from '@swarmdrop/core/signaling'
import { SwarmLine } from '../line/swarm-line'
import { TrackerLine } from '../line/tracker-line'
import { ServerRelay } from '../links/server-relay'
import { ServerWay } from '../links/server-way'
import type { Line, Random } from '../ports'
import type { Timers } from '../time/timers'
import type { LoopFact } from './facts'

const PROBE_BYTES = 64
const SWARM_ID_BYTES = 16
const KEY_BYTES = 32

type ServerLoopPorts = { time: Timers; random: Random; newLine(): Line }

/** One end: a member of a swarm of its own, on a line of its own. */
type End = { id: string; relay: ServerRelay }

/** Sends to itself through the server: for no longer than `withinMs`, and nothing is left open. */
export function serverLoop(ports: ServerLoopPorts, withinMs: number): Promise<LoopFact> {
  const { time, random } = ports
  const draw = (length: number) => random.bytes(length)
  const beganAt = time.now()
  const bytes = draw(PROBE_BYTES)
  const swarmId = encodeBase64url(draw(SWARM_ID_BYTES))
  const keys = relayKeys(draw(KEY_BYTES), drawAttemptId(draw), drawRelaySalt(draw), drawRelaySalt(draw))
  return new Promise((resolve) => {
    const lines: SwarmLine[] = []
    const ends: End[] = []
    let hasStood = false
    let openedAt: number | undefined
    let isOver = false
    const finish = (fact: LoopFact) => {
      if (isOver) return
      isOver = true
      cancel()
      for (const line of lines) line.close()
      resolve(fact)
    }
    const giveUp = () => finish({ carried: false, opened: hasStood })
    const cancel = time.after(withinMs, giveUp)

    const meet = ([first, second]: End[]) => {
      if (!first || !second || isOver) return
      const near: ServerWay = way(first, second.id, keys, true, {
        stands: () => {
          hasStood = true
          near.greet()
        },
        opened: () => {
          openedAt = time.now()
          near.send(bytes)
        },
        frame: (frame) => {
          const cameBack = frame.length === bytes.length && frame.every((byte, i) => byte === bytes[i])
          if (!cameBack || openedAt === undefined) return giveUp()
          finish({ carried: true, openMs: openedAt - beganAt, roundTripMs: time.now() - openedAt })
        },
        ended: giveUp,
      })
      const far: ServerWay = way(second, first.id, keys, false, {
        stands: () => far.greet(),
        opened: () => {},
        frame: (frame) => far.send(frame),
        ended: giveUp,
      })
      if (near.hasEnded || far.hasEnded) giveUp()
    }
    for (let at = 0; at < 2; at++) {
      const line: SwarmLine = new SwarmLine(new TrackerLine(ports.newLine(), time), ports, swarmId, {
        joined: ({ id, relays = false }) => {
          relay.isOffered = relays
          ends.push({ id, relay })
          if (ends.length === 2) meet(ends)
        },
        signal: () => {},
        heard: (event, payload) => relay.heard(event, payload),
        lost: giveUp,
        stateChanged: () => {},
      })
      const relay = new ServerRelay(line.relay, () => time.now())
      lines.push(line)
      line.start()
    }
  })
}

function way(
  { relay }: End,
  to: string,
  { pair, fromOfferer, fromAnswerer }: RelayKeys,
  offers: boolean,
  handlers: { stands(): void; opened(): void; frame(frame: Uint8Array): void; ended(): void },
): ServerWay {
  const [sends, hears] = offers ? [fromOfferer, fromAnswerer] : [fromAnswerer, fromOfferer]
  return new ServerWay({ sends, hears }, (pairHandlers) => relay.open(to, pair, pairHandlers), {
    ...handlers,
    drained: () => {},
    heardAll: () => {},
    saidAll: () => {},
  })
}
