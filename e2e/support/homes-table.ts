// What works between which homes: how soon the first chunk must be there, and by which way. Knows not how it is tried.
import type { RouterKind } from './router'

/** Parts of the product that a row needs. */
export type Part = 'stun' | 'relay' | 'polling' | 'problem'

/** What is there already. Rows that need another part are skipped. */
const built: Record<Part, boolean> = {
  stun: false,
  relay: false,
  polling: true,
  problem: false,
}

const PARTS: Record<Part, string> = {
  stun: 'a STUN server of our own',
  relay: 'the way through the server',
  polling: 'polling where WebSockets are blocked',
  problem: 'pages that say why no way was found',
}

/**
 * How it differs from `npm start` as it comes:
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
  /** From opening the link to the first chunk; or until both pages say that there is no way. */
  withinSeconds: number
  way: Way | 'none'
  needs: Part[]
}

const row = (
  [sender, receiver]: [RouterKind, RouterKind],
  way: HomesRow['way'],
  withinSeconds: number,
  needs: Part[],
  ...extras: Extra[]
): HomesRow => ({ sender, receiver, extras, withinSeconds, way, needs })

export const homesTable: HomesRow[] = [
  row(['open', 'open'], 'direct', 4, ['stun']),
  row(['open', 'open'], 'direct', 4, [], 'coturn'),
  row(['cone', 'cone'], 'direct', 4, ['stun']),
  row(['cone', 'cone'], 'direct', 4, [], 'coturn'),
  row(['cone', 'symmetric'], 'server', 8, ['stun', 'relay']),
  row(['cone', 'symmetric'], 'turn', 5, [], 'coturn'),
  row(['symmetric', 'symmetric'], 'server', 8, ['relay']),
  row(['symmetric', 'symmetric'], 'turn', 5, [], 'coturn'),
  row(['udp-blocked', 'cone'], 'server', 8, ['relay']),
  row(['udp-blocked', 'udp-blocked'], 'server', 8, ['relay']),
  row(['udp-blocked', 'udp-blocked'], 'turn', 5, [], 'coturn'),
  row(['cone', 'cone'], 'direct', 10, ['stun', 'polling'], 'no-upgrade'),
  row(['cone', 'cone'], 'direct', 10, ['polling'], 'no-upgrade', 'coturn'),
  row(['udp-blocked', 'cone'], 'server', 10, ['relay', 'polling'], 'no-upgrade'),
  row(['symmetric', 'symmetric'], 'none', 10, ['problem'], 'relay-off'),
]

/** The parts that are not there yet, in words; undefined: all are. */
export function missing(needs: readonly Part[]): string | undefined {
  const parts = needs.filter((part) => !built[part]).map((part) => PARTS[part])
  return parts.length === 0 ? undefined : `Not built yet: ${parts.join(', ')}.`
}

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
