// Says in one sentence why nobody is connected although somebody is there, and what to try. Pure.
import type { Trouble } from '../swarm/connection-ports'

/** Why nobody is connected, as a sentence; undefined where nobody is there, or it is too early to tell. */
export function connectionProblem({ failures, server, turn, hidesAddress }: Trouble): string | undefined {
  if (failures.length === 0) return undefined
  const one = failures.length === 1
  const there = one ? 'Somebody is there' : `${failures.length} people are there`
  if (failures.every((failure) => failure === 'no-answer')) {
    return one
      ? `${there}, but does not answer: their page may have been closed, or their device may be asleep. This page keeps trying.`
      : `${there}, but none answers: their pages may have been closed, or their devices may be asleep. This page keeps trying.`
  }
  if (server === 'full')
    return `${there}, but there is no direct connection, and the server already relays as much as it may. This page keeps trying.`
  if (hidesAddress && server === 'none')
    return `${there}, but the relay that hides your address ${doesOf(turn)}. Show your address, or tell the person who runs this server.`
  if (server === 'none') {
    const relay =
      turn === 'refused' || turn === 'unreachable' ? `the relay ${doesOf(turn)}` : 'this server relays nothing'
    return `${there}, but you cannot be connected: a network in between blocks it, and ${relay}. Try another network, such as a phone’s.`
  }
  return `${there}, but you cannot be connected, not even through the server. Try another network, such as a phone’s. This page keeps trying.`
}

function doesOf(turn: Trouble['turn']): string {
  if (turn === 'refused') return 'refuses'
  return turn === 'unreachable' ? 'does not answer' : 'lets nothing through'
}
