// Which screen the wall shows: by how far the run is, until a key chooses another. Pure.
import type { LabPhase } from '@swarmdrop/peer/lab'

/** The screens in the order of their keys, from 1. */
export const SCREENS = ['lobby', 'swarm', 'chunks', 'figure', 'podium'] as const
export type Chosen = (typeof SCREENS)[number]
export type Screen = Chosen | 'countdown'

export const SCREEN_NAMES: Record<Chosen, string> = {
  lobby: 'Lobby',
  swarm: 'Swarm',
  chunks: 'Chunks',
  figure: 'Figure',
  podium: 'Podium',
}

export type WallMoment = {
  phase: LabPhase
  /** The number of the run in its series, from 1. */
  step: number
  isCountingDown: boolean
  /** A run has ended with somebody who has the file. */
  hasPodium: boolean
}

/**
 * The screen that is shown. Nobody misses the countdown; for the rest, what was chosen stands until the phase is
 * another.
 */
export function screenAt(moment: WallMoment, chosen: Chosen | undefined): Screen {
  const { phase, step, isCountingDown, hasPodium } = moment
  if (isCountingDown && step <= 1) return 'countdown'
  if (chosen !== undefined) return chosen
  if (phase === 'running' || (phase === 'connecting' && step > 1)) return 'swarm'
  return phase === 'done' && hasPodium ? 'podium' : 'lobby'
}

export type WallKey = { show: Chosen } | 'full-screen' | 'leave'

/** The meaning of a key; undefined: none here. */
export function keyMeaning(key: string): WallKey | undefined {
  if (key === 'f' || key === 'F') return 'full-screen'
  if (key === 'Escape') return 'leave'
  const show = SCREENS[Number(key) - 1]
  return show && { show }
}
