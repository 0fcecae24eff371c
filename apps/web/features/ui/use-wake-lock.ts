// Keeps a device awake as long as data moves: one that sleeps sends and fetches nothing.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useEffect } from 'react'
import { keepAwake } from '../../session'

export function useWakeLock(needed: boolean): void {
  useEffect(() => (needed ? keepAwake() : undefined), [needed])
}

/** Somebody has what we fetch, or is being served. Nobody's screen burns all night for a sender who has gone. */
export const movesData = ({ neighbours }: Pick<TransferSnapshot, 'neighbours'>): boolean =>
  neighbours.some(({ amInterested, peerInterested, amChoking }) => amInterested || (peerInterested && !amChoking))
