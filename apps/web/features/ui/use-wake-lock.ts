// Keeps a phone's screen on as long as data moves: a device that sleeps sends and fetches nothing.
import { useEffect } from 'react'
import { keepAwake } from '../../adapters/wake-lock'
import type { SessionSnapshot } from '../../session/types'

export function useWakeLock({ neighbours }: Pick<SessionSnapshot, 'neighbours'>): void {
  const needed = movesData(neighbours)
  useEffect(() => (needed ? keepAwake() : undefined), [needed])
}

/** Somebody has what we fetch, or is being served. Nobody's screen burns all night for a sender who has gone. */
const movesData = (neighbours: SessionSnapshot['neighbours']): boolean =>
  neighbours.some(({ amInterested, peerInterested, amChoking }) => amInterested || (peerInterested && !amChoking))
