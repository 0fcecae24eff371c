// Opens a link whose both ends are here, and sends a few bytes round. Knows nothing of what the link is made of.
import type { Signal } from '@swarmdrop/core/signaling'
import type { LinkConfiguration, OpenLink, PeerLink, Random } from '../ports'
import type { Timers } from '../time/timers'
import type { LoopFact } from './facts'

const PROBE_BYTES = 64

type LoopPorts = { time: Timers; random: Random; openLink: OpenLink }

/** Connects this peer to itself: for no longer than `withinMs`, and nothing is left open. */
export function loop(ports: LoopPorts, configuration: LinkConfiguration, withinMs: number): Promise<LoopFact> {
  const { time, random, openLink } = ports
  const beganAt = time.now()
  const bytes = random.bytes(PROBE_BYTES)
  return new Promise((resolve) => {
    let openedAt: number | undefined
    let isOver = false
    const finish = (fact: LoopFact) => {
      if (isOver) return
      isOver = true
      cancel()
      near.close()
      far.close()
      resolve(fact)
    }
    const giveUp = () => finish({ carried: false, opened: openedAt !== undefined })
    const cancel = time.after(withinMs, giveUp)

    /** Passes a signal on: in order, and never before both ends are there. */
    const pass = (signal: Signal, to: () => PeerLink) =>
      void Promise.resolve().then(() => {
        if (!isOver) to().accept(signal)
      })
    const begin = () => {
      if (openedAt !== undefined || !near.isOpen || !far.isOpen) return
      openedAt = time.now()
      near.send(bytes)
    }
    const near: PeerLink = openLink(true, configuration, {
      signal: (signal) => pass(signal, () => far),
      opened: begin,
      frame: (frame) => {
        const cameBack = frame.length === bytes.length && frame.every((byte, i) => byte === bytes[i])
        if (!cameBack || openedAt === undefined) return giveUp()
        finish({ carried: true, openMs: openedAt - beganAt, roundTripMs: time.now() - openedAt })
      },
      wayChanged: () => {},
      drained: () => {},
      closed: giveUp,
    })
    const far: PeerLink = openLink(false, configuration, {
      signal: (signal) => pass(signal, () => near),
      opened: begin,
      frame: (frame) => far.send(frame),
      wayChanged: () => {},
      drained: () => {},
      closed: giveUp,
    })
  })
}
