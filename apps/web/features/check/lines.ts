// What a connection check has found, line by line, in words. Pure; draws nothing.
import type { CheckFacts, CheckSnapshot, LoopFact } from '@swarmdrop/peer'
import { countOf, formatBytes, formatDuration } from '../ui/format'
import { isGlobalIpv6 } from './addresses'

/** `fine`: not there, and no fault. `weak`: it works, with something to know. */
export type Tone = 'running' | 'good' | 'fine' | 'weak' | 'bad'
export type CheckLine = { id: string; name: string; tone: Tone; word: string; detail: string }
/** What a line says once it is known. */
type Said = Pick<CheckLine, 'tone' | 'word' | 'detail'>

export type LinesContext = {
  /** The server is in this very network. */
  isLocal: boolean
  isSecure: boolean
  /** How an address is written: whole on the page, shortened in a report. */
  write(address: string): string
}

const WORKS = 'Works'
const FINE = 'Not there, and that is fine'

const good = (detail: string): Said => ({ tone: 'good', word: WORKS, detail })
const fine = (detail: string, word = FINE): Said => ({ tone: 'fine', word, detail })
const weak = (word: string, detail: string): Said => ({ tone: 'weak', word, detail })
const bad = (detail: string, word = 'Does not work'): Said => ({ tone: 'bad', word, detail })

type Describe<Name extends keyof CheckFacts> = (fact: CheckFacts[Name], context: LinesContext) => Said

function line<Name extends keyof CheckFacts>(
  id: string,
  name: string,
  fact: Name,
  trying: string,
  describe: Describe<Name>,
) {
  return (snapshot: CheckSnapshot, context: LinesContext): CheckLine => {
    const known = snapshot.facts[fact]
    const broken = snapshot.broken[fact]
    const said = () => {
      if (known !== undefined) return describe(known, context)
      if (broken !== undefined) return weak('Could not be checked', broken)
      return snapshot.phase === 'running'
        ? ({ tone: 'running', word: 'Checking…', detail: trying } as const)
        : fine(whyNot(fact, snapshot.facts), 'Not checked')
    }
    return { id, name, ...said() }
  }
}

/** What it builds on is not there. */
function whyNot(name: keyof CheckFacts, { webRtc, tracker }: Partial<CheckFacts>): string {
  if (name !== 'clock' && name !== 'server' && webRtc !== 'there') return 'It needs WebRTC.'
  return tracker?.reached === 'no' ? 'It needs the server.' : 'The server did not say.'
}

const all = [
  line('webrtc', 'WebRTC', 'webRtc', 'Making a connection.', (fact) =>
    fact === 'there'
      ? good('This browser can connect to others.')
      : fact === 'missing'
        ? bad('This browser lacks it or has it switched off. Use a current Chrome, Edge, Firefox or Safari.')
        : bad('This browser refuses to use it: a setting, an extension or an administrator forbids it.'),
  ),
  line('server', 'Server', 'tracker', 'Trying a WebSocket, then HTTP polling.', serverWords),
  line('own', 'Addresses of this device', 'own', 'Asking the browser.', ({ addresses, hidden }, { write }) => {
    if (addresses.length + hidden === 0) return bad('The browser names none, so nobody can connect straight to it.')
    const clear = addresses.length > 0 ? `${listed(addresses, write)}, seen by those you connect to.` : ''
    const behind = hidden > 0 ? `${countOf(hidden, 'address', 'addresses')} behind random names (mDNS).` : ''
    return good([clear, behind].filter((part) => part !== '').join(' '))
  }),
  line('public', 'Public address (STUN)', 'stun', 'Asking a STUN server.', (fact, { write, isLocal }) => {
    if (!fact.named)
      return isLocal
        ? fine('The server names no STUN server; within one network nobody needs it.')
        : weak('Not there', 'The server names no STUN server: people behind other routers may not reach you.')
    if (fact.addresses.length > 0) return good(`Others see you as ${listed(fact.addresses, write)}.`)
    if (fact.answered) return good('No router changes your address: others see that of this device.')
    return bad('The STUN server did not answer: this network blocks UDP, or the server’s port is closed.', 'No answer')
  }),
  (snapshot: CheckSnapshot, context: LinesContext): CheckLine => ({
    id: 'ipv6',
    name: 'IPv6',
    ...ipv6Words(snapshot, context),
  }),
  line('direct', 'Direct connection', 'direct', 'Connecting this page to itself.', (fact) =>
    fact.carried ? good(loopWords(fact)) : bad(`${loopWords(fact)} A setting or an extension may limit WebRTC.`),
  ),
  line('turn', 'Relay (TURN)', 'turn', 'Sending a few bytes through the relay.', (fact, { write }) => {
    if (!fact.named) return fine('The server names no relay; most networks need none.')
    if (fact.refusedWith !== undefined && fact.loop === undefined)
      return bad(`The relay refuses (error ${fact.refusedWith}): the server’s user name or secret for it may be wrong.`)
    if (!fact.loop) return bad('The relay does not answer: it is down, or this network blocks it.', 'No answer')
    if (!fact.loop.carried) return bad('The relay gave an address, but carried nothing.')
    return good(`${loopWords(fact.loop)} Relayed as ${listed(fact.addresses, write)}.`)
  }),
  line('through-server', 'Through the server', 'server', 'Sending a few bytes through the server.', (fact) => {
    if (!fact.relays) return fine('This server passes on no files.')
    return fact.loop.carried ? good(loopWords(fact.loop)) : bad(loopWords(fact.loop))
  }),
  line('storage', 'Storage', 'storage', 'Making a file.', ({ keeps, freeBytes }) => {
    const free = freeBytes === undefined ? '' : ` ${formatBytes(freeBytes)} free.`
    if (keeps === 'files') return good(`Downloads are kept in private files.${free}`)
    if (keeps === 'database') return good(`Downloads are kept in the browser’s database.${free}`)
    return weak('In memory only', `Up to 1 GB, while the tab is open. A private window may be the reason.${free}`)
  }),
  (_: CheckSnapshot, { isSecure }: LinesContext): CheckLine => ({
    id: 'secure',
    name: 'Secure page',
    ...(isSecure
      ? good('The page came over HTTPS, or from this device.')
      : fine('Plain HTTP works. Private files and keeping the screen on need HTTPS.')),
  }),
  line('clock', 'Clock', 'clock', 'Comparing with the server’s.', ({ offsetMs }) => {
    const seconds = Math.round(Math.abs(offsetMs) / 1_000)
    if (seconds <= MOST_SECONDS_OFF) return { ...good('Within a minute of the server’s.'), word: 'Right' }
    const side = offsetMs > 0 ? 'behind' : 'ahead of'
    return weak('Off', `${formatDuration(seconds)} ${side} the server’s. Let the device set its clock by itself.`)
  }),
]

const MOST_SECONDS_OFF = 60

/** Always all of them, in one order. */
export const linesOf = (snapshot: CheckSnapshot, context: LinesContext): CheckLine[] =>
  all.map((lineOf) => lineOf(snapshot, context))

function serverWords(fact: CheckFacts['tracker']): Said {
  if (fact.reached === 'no') {
    if (fact.web === 'nothing') return bad('It does not answer. Check that you are online; the server may be down.')
    if (fact.web === 'other') return bad('Something else answers in its place, perhaps this network’s login page.')
    const refused = fact.pollingStatus !== undefined && fact.pollingStatus >= 400
    const polling = refused ? `, and it refuses HTTP polling (${fact.pollingStatus})` : ' and so is HTTP polling'
    return bad(`It answers, but WebSockets are blocked here${polling}.`)
  }
  const tookMs = milliseconds(fact.roundTripMs)
  if (fact.refused === 'no-answer') return bad('A line to it stands, but it answers nothing.')
  if (fact.refused !== undefined)
    return weak('Busy', `Reached in ${tookMs}, but it takes no more from your address now. Try again in a minute.`)
  if (fact.reached === 'websocket') return good(`Reached by WebSocket; an answer takes ${tookMs}.`)
  return weak('Works, slowly', `WebSockets are blocked here. HTTP polling works; an answer takes ${tookMs}.`)
}

/** Seen among the addresses that are known anyway. */
function ipv6Words({ phase, facts }: CheckSnapshot, { write }: LinesContext): Said {
  const { own, stun } = facts
  const seen = [...(own?.addresses ?? []), ...(stun?.named ? stun.addresses : [])].filter(isGlobalIpv6)
  if (seen.length > 0) return good(`${listed(seen, write)}.`)
  const isKnown = own !== undefined && (stun !== undefined || phase === 'done')
  if (!isKnown && phase === 'running')
    return { tone: 'running', word: 'Checking…', detail: 'Looking among the addresses.' }
  if (own === undefined) return fine(whyNot('own', facts), 'Not checked')
  return own.hidden > 0
    ? fine('None was seen; the browser hides its own addresses. IPv4 is enough.')
    : fine('This device has none. IPv4 is enough.')
}

function loopWords(loop: LoopFact): string {
  if (loop.carried) return `Open in ${milliseconds(loop.openMs)}; there and back in ${milliseconds(loop.roundTripMs)}.`
  return loop.opened ? 'It opened, but carried nothing.' : 'It did not open.'
}

const milliseconds = (ms: number): string => `${Math.max(1, Math.round(ms))}\u00a0ms`

/** Two where they are short, so that a line stays a line. */
function listed(addresses: readonly string[], write: (address: string) => string): string {
  const written = [...new Set(addresses.map(write))]
  const count = written.slice(0, 2).join().length <= SHORT_CHARACTERS ? 2 : 1
  const more = written.length - count
  return more > 0 ? `${written.slice(0, count).join(', ')} and ${more} more` : written.slice(0, count).join(' and ')
}

const SHORT_CHARACTERS = 32
