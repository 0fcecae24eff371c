// The check as plain text, to be sent to somebody who can help. Tells no whole address. Pure.
import type { CheckSnapshot } from '@swarmdrop/peer/check'
import { withShortAddresses } from './addresses'
import { type LinesContext, linesOf } from './lines'
import { verdictOf } from './verdict'

export type ReportContext = LinesContext & {
  browser: string
  /** The scheme by which the page came. */
  scheme: string
  host: string
  /** The device's time, in UTC. */
  at: string
}

const signs = { running: '…', good: '+', fine: '-', weak: '!', bad: 'x' } as const

/** The report as it stands: also of a check that is not done. */
export function reportOf(snapshot: CheckSnapshot, context: ReportContext): string {
  const verdict = snapshot.phase === 'done' ? verdictOf(snapshot.facts, context.isLocal) : undefined
  const found = linesOf(snapshot, context).map(
    ({ name, tone, word, detail }) => `${signs[tone]} ${name}: ${word}. ${detail}`,
  )
  return [
    'Swarmdrop connection check',
    `${context.at}, page from ${context.scheme}//${withShortAddresses(context.host)}`,
    context.browser,
    '',
    verdict ? `${verdict.title}. ${verdict.means}` : 'Still checking.',
    '',
    ...found.map(withShortAddresses),
    '',
    'Network addresses are shortened.',
  ]
    .join('\n')
    .replaceAll('\u00a0', ' ')
}
