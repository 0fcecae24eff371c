// The check as plain text, to be sent to somebody who can help. Tells no whole address. Pure.
import type { CheckSnapshot } from '@swarmdrop/peer'
import { shortened } from './addresses'
import { type LinesContext, linesOf } from './lines'
import { verdictOf } from './verdict'

export type ReportContext = Omit<LinesContext, 'write'> & {
  browser: string
  /** Where the page came from. */
  scheme: string
  host: string
  /** As the device has it, in UTC. */
  at: string
}

const anyAddress = /\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,}/gi

const signs = { running: '…', good: '+', fine: '-', weak: '!', bad: 'x' } as const

/** As it stands: also of a check that is not done. */
export function reportOf(snapshot: CheckSnapshot, context: ReportContext): string {
  const lines = linesOf(snapshot, { ...context, write: shortened })
  const verdict = snapshot.phase === 'done' ? verdictOf(snapshot.facts, context.isLocal) : undefined
  const found = lines.map(({ name, tone, word, detail }) => `${signs[tone]} ${name}: ${word}. ${detail}`)
  return [
    'Swarmdrop connection check',
    `${context.at}, page from ${context.scheme}//${shortenedHost(context.host)}`,
    context.browser,
    '',
    verdict ? `${verdict.title}. ${verdict.means}` : 'Still checking.',
    '',
    // A browser's own error may name one too.
    ...found.map((said) => said.replaceAll(anyAddress, shortened)),
    '',
    'Network addresses are shortened.',
  ]
    .join('\n')
    .replaceAll('\u00a0', ' ')
}

/** In a URL, IPv6 stands in brackets. */
const shortenedHost = (host: string) => (host.startsWith('[') ? `[${shortened(host.slice(1, -1))}]` : shortened(host))
