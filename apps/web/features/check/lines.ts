// What a connection check has found, line by line, in words. Pure; draws nothing.
import type { CheckFacts, CheckSnapshot, LoopFact } from '@swarmdrop/peer/check'
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
}

const WORKS = 'Works'
const FINE = 'Not there, which is fine'

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

/** Why a line cannot be checked: what it builds on is not there. */
function whyNot(name: keyof CheckFacts, { webRtc, tracker }: Partial<CheckFacts>): string {
  if (name !== 'clock' && name !== 'server' && webRtc !== 'there') return 'It needs WebRTC.'
  return tracker?.reached === 'no' ? 'It needs the server.' : 'The server did not say.'
}

const all = [
  line('webrtc', 'WebRTC', 'webRtc', 'Making a connection.', (fact) =>
    fact === 'there'
      ? good('This browser can connect to others.')
      : fact === 'missing'
        ? bad('This browser lacks it, or has it switched off.')
        : bad('A setting, an extension or an administrator forbids it.'),
  ),
  line('server', 'Server', 'tracker', 'Trying a WebSocket, then HTTP polling.', serverWords),
  line('own', 'Addresses of this device', 'own', 'Asking the browser.', ({ addresses, hidden }) => {
    if (addresses.length + hidden === 0) return bad('The browser names none, so nobody can connect to it directly.')
    if (addresses.length === 0) return good(`${countOf(hidden, 'address', 'addresses')} behind random names (mDNS).`)
    const clear = listed(addresses)
    return good(hidden > 0 ? `${clear}, and ${hidden} behind mDNS names.` : `${clear}, seen by your peers.`)
  }),
  line('public', 'Public address (STUN)', 'stun', 'Asking a STUN server.', (fact, { isLocal }) => {
    if (!fact.named)
      return isLocal
        ? fine('The server names no STUN server; one network needs none.')
        : weak('Not there', 'The server names none, so people behind other routers may not reach you.')
    if (fact.addresses.length > 0) return good(`Others see you as ${listed(fact.addresses)}.`)
    if (fact.answered) return good('No router changes your address: others see that of this device.')
    return bad('The STUN server is silent: UDP is blocked here, or its port is closed.', 'No answer')
  }),
  (snapshot: CheckSnapshot): CheckLine => ({
    id: 'ipv6',
    name: 'IPv6',
    ...ipv6Words(snapshot),
  }),
  line('direct', 'Direct connection', 'direct', 'Connecting this page to itself.', (fact) =>
    fact.carried ? good(loopWords(fact)) : bad(`${loopWords(fact)} A setting or an extension may limit WebRTC.`),
  ),
  line('turn', 'Relay (TURN)', 'turn', 'Sending a few bytes through the relay.', (fact) => {
    if (!fact.named) return fine('The server names no relay; most networks need none.')
    if (fact.refusedWith !== undefined && fact.loop === undefined)
      return bad(`It refuses (error ${fact.refusedWith}): the server’s user name or secret may be wrong.`)
    if (!fact.loop) return bad('It does not answer: it is down, or this network blocks it.', 'No answer')
    if (!fact.loop.carried) return bad('It gave an address, but carried nothing.')
    return good(`Round trip ${milliseconds(fact.loop.roundTripMs)}, as ${listed(fact.addresses)}.`)
  }),
  line('through-server', 'Through the server', 'server', 'Sending a few bytes through the server.', (fact) => {
    if (!fact.relays) return fine('This server does not relay files.')
    return fact.loop.carried ? good(loopWords(fact.loop)) : bad(loopWords(fact.loop))
  }),
  line('storage', 'Storage', 'storage', 'Writing a test file.', ({ keeps, freeBytes }) => {
    const free = freeBytes === undefined ? '' : ` ${formatBytes(freeBytes)} free.`
    if (keeps === 'files') return good(`Downloads are kept in private files.${free}`)
    if (keeps === 'database') return good(`Downloads are kept in the browser’s database.${free}`)
    return weak('In memory only', 'Up to 1 GB, while the tab is open. Is this a private window?')
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
    return weak('Off', `${formatDuration(seconds)} ${side} the server’s. Let the device set its clock automatically.`)
  }),
]

const MOST_SECONDS_OFF = 60

/** The lines of a check: always all of them, in one order. */
export const linesOf = (snapshot: CheckSnapshot, context: LinesContext): CheckLine[] =>
  all.map((lineOf) => lineOf(snapshot, context))

function serverWords(fact: CheckFacts['tracker']): Said {
  if (fact.reached === 'no') {
    if (fact.web === 'nothing') return bad('It does not answer. Are you online? If so, it may be down.')
    if (fact.web === 'other') return bad('Something else answers in its place, perhaps a login page.')
    return fact.pollingStatus !== undefined && fact.pollingStatus >= 400
      ? bad(`WebSockets are blocked here, and it refuses HTTP polling (${fact.pollingStatus}).`)
      : bad('It answers, but WebSockets and HTTP polling are blocked here.')
  }
  const tookMs = milliseconds(fact.roundTripMs)
  if (fact.refused === 'no-answer') return bad('The connection opens, but it does not answer.')
  if (fact.refused !== undefined)
    return weak('Busy', 'It is refusing requests from your address. Try again in a minute.')
  if (fact.reached === 'websocket') return good(`Reached by WebSocket; an answer takes ${tookMs}.`)
  return weak('Works, slowly', `WebSockets are blocked here; by HTTP polling an answer takes ${tookMs}.`)
}

/** What is said of IPv6, seen among the addresses that are known anyway. */
function ipv6Words({ phase, facts }: CheckSnapshot): Said {
  const { own, stun } = facts
  const seen = [...(own?.addresses ?? []), ...(stun?.named ? stun.addresses : [])].filter(isGlobalIpv6)
  if (seen.length > 0) return good(`${listed(seen)}.`)
  const isKnown = own !== undefined && (stun !== undefined || phase === 'done')
  if (!isKnown && phase === 'running')
    return { tone: 'running', word: 'Checking…', detail: 'Looking through the addresses.' }
  if (own === undefined) return fine(whyNot('own', facts), 'Not checked')
  return own.hidden > 0
    ? fine('None was seen; the browser hides its addresses. IPv4 is enough.')
    : fine('This device has none. IPv4 is enough.')
}

function loopWords(loop: LoopFact): string {
  if (loop.carried) return `Opened in ${milliseconds(loop.openMs)}; round trip ${milliseconds(loop.roundTripMs)}.`
  return loop.opened ? 'It opened, but carried nothing.' : 'It did not open.'
}

const milliseconds = (ms: number): string => `${Math.max(1, Math.round(ms))}\u00a0ms`

/** Two where they are short, so that a line stays a line. */
function listed(addresses: readonly string[]): string {
  const count = addresses.slice(0, 2).join().length <= SHORT_CHARACTERS ? 2 : 1
  const more = addresses.length - count
  return more > 0 ? `${addresses.slice(0, count).join(', ')} and ${more} more` : addresses.slice(0, count).join(' and ')
}

const SHORT_CHARACTERS = 32
