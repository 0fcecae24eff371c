// What works between which homes: how soon the first chunk must be there, and by which way. Knows not how it is tried.
import type { RouterKind } from './router'

/**
 * How a server differs from `npm start` as it comes:
 * - `coturn`: the tracker names a coturn, for STUN and TURN.
 * - `no-upgrade`: nginx stands between page and tracker, and passes no WebSocket on.
 * - `relay-off`: the tracker relays nothing.
 */
export type Extra = 'coturn' | 'no-upgrade' | 'relay-off'

/** How the bytes go. */
export type Way = 'direct' | 'turn' | 'server'

export type HomesRow = {
  sender: RouterKind
  receiver: RouterKind
  extras: Extra[]
  /** The time from opening the link to the first chunk, or until both pages say that there is no way. */
  withinSeconds: number
  way: Way | 'none'
}

const row = (
  [sender, receiver]: [RouterKind, RouterKind],
  way: HomesRow['way'],
  withinSeconds: number,
  ...extras: Extra[]
): HomesRow => ({ sender, receiver, extras, withinSeconds, way })

export const homesTable: HomesRow[] = [
  row(['cone', 'cone'], 'direct', 4),
  row(['cone', 'symmetric'], 'server', 8),
  row(['cone', 'symmetric'], 'turn', 5, 'coturn'),
  row(['udp-blocked', 'udp-blocked'], 'turn', 5, 'coturn'),
  row(['cone', 'ipv6'], 'server', 8),
  row(['cone', 'cone'], 'direct', 10, 'no-upgrade'),
  row(['udp-blocked', 'cone'], 'server', 10, 'no-upgrade'),
  row(['symmetric', 'symmetric'], 'none', 10, 'relay-off'),
]

const WAYS: Record<HomesRow['way'], string> = {
  direct: 'the first chunk directly',
  turn: 'the first chunk by TURN',
  server: 'the first chunk through the server',
  none: 'both pages say that there is no way',
}

const EXTRAS: Record<Extra, string> = {
  coturn: 'with coturn',
  'no-upgrade': 'behind an nginx without Upgrade',
  'relay-off': 'with the relay off',
}

export function titleOf({ sender, receiver, extras, withinSeconds, way }: HomesRow): string {
  const named = extras.length === 0 ? 'as it comes' : extras.map((extra) => EXTRAS[extra]).join(', ')
  return `${sender} – ${receiver}, ${named}: ${WAYS[way]} within ${withinSeconds} s`
}
