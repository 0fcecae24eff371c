// What a check of connections found of each pair and of each page. Pure; says nothing in words.
import type { Way } from '../ports'
import type { ReachTrouble } from './lobby'
import type { ReachView } from './reach-board'

/**
 * `limited`: one of the two is reached through the server, which carries a few for each page, and others than these.
 * `unknown`: one has not said anything, or is gone. `waiting`: not yet.
 */
export type ReachPair = Way | 'limited' | 'none' | 'unknown' | 'waiting'

/** The way between two different participants. */
export function reachPairOf({ phase, participants, ways }: ReachView, a: number, b: number): ReachPair {
  const way = ways[a]?.[b]
  if (way !== undefined) return way
  const isHeard = [a, b].every((index) => participants[index]?.state === 'answers')
  if (phase === 'running')
    return participants[a]?.state === 'left' || participants[b]?.state === 'left' ? 'unknown' : 'waiting'
  if (!isHeard) return 'unknown'
  return [a, b].some((index) => isServed(ways, index)) ? 'limited' : 'none'
}

/** The trouble of a page that has spoken; undefined: none, or the check is not over. */
export function reachTroubleOf(view: ReachView, index: number): ReachTrouble | undefined {
  if (view.phase === 'running') return undefined
  if (isServed(view.ways, index)) return 'server'
  const pairs = view.participants.flatMap((_, other) => (other === index ? [] : [reachPairOf(view, index, other)]))
  const isAlone = pairs.includes('none') && pairs.every((pair) => pair === 'none' || pair === 'unknown')
  return isAlone ? 'nobody' : undefined
}

/** Reached through the server, and by nothing better. */
function isServed(ways: ReachView['ways'], index: number): boolean {
  const known = (ways[index] ?? []).filter((way) => way !== undefined)
  return known.length > 0 && known.every((way) => way === 'server')
}
