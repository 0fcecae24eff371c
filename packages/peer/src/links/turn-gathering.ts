// Hears how TURN servers answer a connection that asks them for an address. Knows nothing of links, nor of what comes
// of it.
import type { IceServer, TurnOutcome } from '../ports'

/** The part of an RTCPeerConnection that is used. */
export type GatheringConnection = {
  addEventListener(
    type: 'icecandidate',
    listener: (event: { candidate: { candidate?: string | undefined } | null }) => void,
  ): void
  addEventListener(
    type: 'icecandidateerror',
    listener: (event: { url?: string | null | undefined; errorCode: number }) => void,
  ): void
}

/**
 * The code where no answer came, or there was no connection to ask on (WebRTC 1.0, icecandidateerror). All other codes
 * are the server's own, from STUN's.
 */
const NOT_REACHED = 701

export const namesTurn = (iceServers: readonly IceServer[]): boolean =>
  iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)))

/**
 * Tells the first answer, and a later one that is better: of several servers, or ways to one, one that gives is enough.
 */
export function hearTurn(connection: GatheringConnection, tell: (outcome: TurnOutcome) => void): void {
  const fromBadToGood: readonly TurnOutcome[] = ['unreachable', 'refused', 'given']
  let best = -1
  const hear = (outcome: TurnOutcome) => {
    const rank = fromBadToGood.indexOf(outcome)
    if (rank <= best) return
    best = rank
    tell(outcome)
  }
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (/ typ relay( |$)/.test(candidate?.candidate ?? '')) hear('given')
  })
  connection.addEventListener('icecandidateerror', ({ url, errorCode }) => {
    // Of STUN servers too, and of a TURN server that is asked for our own address.
    if (/^turns?:/.test(url ?? '')) hear(errorCode === NOT_REACHED ? 'unreachable' : 'refused')
  })
}
