// What a distribution chart calls things: the textbook's words, and plain ones for pages that explain nothing. Draws
// nothing.
import { MODE_WORDS } from '../experiment/labels'
import { countPeople, formatCount } from '../ui/format'

export type ChartWords = {
  title: string
  across: string
  at: (n: number) => string
  clientServer: string
  p2p: string
  chunked: string
  /** What follows a mode's name: what is known of it. */
  simulated: string
  measured: string
  /** The word for a run that has not ended, and so is not measured. */
  running: string
}

export const TEXTBOOK_WORDS: ChartWords = {
  title: 'Distribution time by the number of peers',
  across: 'number of peers, N',
  at: (n) => `At N = ${formatCount(n)}:`,
  clientServer: MODE_WORDS['client-server'],
  p2p: MODE_WORDS.p2p,
  chunked: `${MODE_WORDS.p2p} with whole chunks`,
  simulated: 'simulated',
  measured: 'measured',
  running: 'so far',
}

export const PLAIN_WORDS: ChartWords = {
  title: 'Time until everyone has it, by number of people',
  across: 'number of people',
  at: (n) => `For ${countPeople(n)}:`,
  clientServer: 'from the sender alone',
  p2p: 'everyone helping',
  chunked: 'everyone helping, in whole parts',
  simulated: 'simulated',
  measured: 'measured',
  running: 'so far',
}
