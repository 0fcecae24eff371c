// Decides whose place among the neighbours is given to another. Knows nothing of messages, and lets nobody go.
import type { Millis } from './events'

/** A neighbour, as one who looks for a place sees it. What it says of itself does not count. */
export type Occupant = {
  /** We made the connection. */
  dialled: boolean
  /** The neighbour has brought us blocks. */
  hasBrought: boolean
  /** How long neither side has wanted anything of the other; 0: one does. */
  uselessMs: Millis
  /** How long ago it last brought or took what is worth a place, or came. */
  idleMs: Millis
  /** Bytes a second that it brought and took, in all its time. */
  bytesPerSecond: number
  /** How long it has been here. */
  ageMs: Millis
  /** A number drawn for this choice: decides among equals. */
  draw: number
}

/** Time to greet, to say what one holds and to want something, before a newcomer may have the place. */
const GRACE_MS = 10_000
/** A place that brought nothing and took nothing for so long is free for others. */
const IDLE_MS = 60_000
/**
 * The share of all places that is left to neighbours that we dialled or that brought us blocks, though they idle, when
 * somebody comes by itself.
 */
const KEPT_SHARE = 0.3
/**
 * Where a smaller share of the neighbours is by our own choice, one that we dial need not wait until another has idled
 * for long.
 */
const DIALLED_SHARE = 0.5

/**
 * Whose place is given away first: of those that neither want nor are wanted, the one for longest; then who came by
 * itself before whom we dialled or who brought us something; then who has done nothing for longest.
 */
export const firstToGo = (a: Occupant, b: Occupant): number =>
  Number(isUseless(b)) - Number(isUseless(a)) ||
  (isUseless(a) ? b.uselessMs - a.uselessMs : 0) ||
  Number(isChosen(a)) - Number(isChosen(b)) ||
  b.idleMs - a.idleMs ||
  a.draw - b.draw

/** Order of two that are both at work: who has brought and taken less for its time goes first. */
export const leastAtWork = (a: Occupant, b: Occupant): number => a.bytesPerSecond - b.bytesPerSecond || a.draw - b.draw

/** Whether a newcomer may have this place, among all of them. */
export function mayBeGiven(occupant: Occupant, occupants: readonly Occupant[], toDialled: boolean): boolean {
  if (isUseless(occupant)) return true
  if (occupant.idleMs >= IDLE_MS)
    return toDialled || !isChosen(occupant) || occupants.filter(isChosen).length > KEPT_SHARE * occupants.length
  const isUntried = occupant.bytesPerSecond === 0 && !occupant.dialled && occupant.ageMs >= GRACE_MS
  return toDialled && isUntried && occupants.filter(({ dialled }) => dialled).length < DIALLED_SHARE * occupants.length
}

/** Whether the neighbour has brought or taken anything lately, or may yet. */
export const isAtWork = ({ idleMs }: Pick<Occupant, 'idleMs'>): boolean => idleMs < IDLE_MS

/** Whether the neighbour has been here for long enough to show what it is worth. */
export const isSettled = ({ ageMs }: Occupant): boolean => ageMs >= IDLE_MS

const isUseless = ({ uselessMs }: Occupant): boolean => uselessMs >= GRACE_MS
const isChosen = ({ dialled, hasBrought }: Occupant): boolean => dialled || hasBrought
