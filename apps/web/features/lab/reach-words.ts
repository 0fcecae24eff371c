// Says in words who reaches whom in a class. Pure; draws nothing.
import { type ReachPair, type ReachView, reachPairOf, reachTroubleOf } from '@swarmdrop/peer/lab'
import { countOf } from '../ui/format'

/** The most that are named; more are counted. */
const MOST_NAMED = 6

export const PAIR_WORDS: Record<ReachPair, { sign: string; words: string }> = {
  direct: { sign: 'D', words: 'directly' },
  turn: { sign: 'R', words: 'through a relay (TURN)' },
  server: { sign: 'S', words: 'through the server' },
  limited: { sign: '–', words: 'not now: the server carries a few for each page' },
  none: { sign: '×', words: 'no way was found' },
  unknown: { sign: '?', words: 'not known: a page did not answer, or left' },
  waiting: { sign: '·', words: 'not yet' },
}

/** Each pair once. */
function pairsOf(view: ReachView): { a: number; b: number; pair: ReachPair }[] {
  return view.participants.flatMap((_, b) =>
    view.participants.slice(0, b).map((_, a) => ({ a, b, pair: reachPairOf(view, a, b) })),
  )
}

/** One sentence for the whole check. */
export function reachSummary(view: ReachView): string {
  const pairs = pairsOf(view)
  const count = (which: ReachPair) => pairs.filter(({ pair }) => pair === which).length
  const reached = count('direct') + count('turn') + count('server')
  const found = `${reached} of ${countOf(pairs.length, 'connection')}`
  if (view.phase === 'running') return `Checking: ${found} so far.`
  const none = count('none')
  if (none > 0) return `${none} of ${countOf(pairs.length, 'connection')} found no way.`
  if (count('unknown') > 0) return `${found} work; of the others nothing is known.`
  if (count('direct') === reached) return 'Everybody reaches everybody directly.'
  const through = [
    ...(count('turn') > 0 ? [`${count('turn')} through a relay`] : []),
    ...(count('server') > 0 ? [`${count('server')} through the server`] : []),
  ]
  return `Everybody reaches everybody, ${through.join(' and ')}: those are slower.`
}

/** What a teacher wants to know of single pages, and what to do. Empty where there is nothing to say. */
export function reachNotes(view: ReachView): string[] {
  if (view.phase === 'running') return []
  const { participants, leftOut } = view
  const inTrouble = (trouble: string) =>
    participants.flatMap((_, index) => (reachTroubleOf(view, index) === trouble ? [index] : []))
  const name = (index: number) => participants[index]?.name ?? ''
  const missing = pairsOf(view).filter(({ pair }) => pair === 'none')
  const lonely = inTrouble('nobody')
  const allAlone = lonely.length > 1 && lonely.length === participants.length
  const pairs = missing.filter(({ a, b }) => !lonely.includes(a) && !lonely.includes(b))
  return [
    ...(allAlone
      ? ['Nobody reaches anybody: this network may keep its devices apart (client isolation).']
      : named(
          lonely,
          (one) => `${name(one)} reaches nobody. On that device, open “Connection check” at the page’s foot.`,
          'reach nobody',
        )),
    ...named(
      pairs,
      ({ a, b }) => `${name(a)} and ${name(b)} do not reach each other.`,
      'pairs do not reach each other',
    ),
    ...named(
      inTrouble('server'),
      (one) => `${name(one)} can be reached only through the server: this page can take part, slowly.`,
      'can be reached only through the server',
    ),
    ...ofState(view, 'silent', (one) => `${one}’s page did not answer: it may be asleep, or need to be reloaded.`),
    ...ofState(view, 'left', (one) => `${one} left.`),
    ...(leftOut > 0
      ? [
          `${participants.length - 1} of ${countOf(participants.length - 1 + leftOut, 'student')} were asked, chosen at random.`,
        ]
      : []),
  ]
}

const ofState = (view: ReachView, state: 'silent' | 'left', say: (name: string) => string) =>
  view.participants.flatMap((participant) => (participant.state === state ? [say(participant.name)] : []))

function named<T>(all: readonly T[], say: (one: T) => string, more: string): string[] {
  const rest = all.length - MOST_NAMED
  return [...all.slice(0, MOST_NAMED).map(say), ...(rest > 0 ? [`${rest} more ${more}.`] : [])]
}
