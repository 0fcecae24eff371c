// Each line in each of its states, in words.
import type { CheckFacts, CheckSnapshot } from '@swarmdrop/peer/check'
import { describe, expect, it } from 'vitest'
import { type LinesContext, linesOf } from './lines'
import { home, lost, withoutUdp } from './testing/facts'

const away: LinesContext = { isLocal: false, isSecure: true }
const done = (facts: Partial<CheckFacts>): CheckSnapshot => ({ phase: 'done', facts, broken: {} })

function said(facts: Partial<CheckFacts>, id: string, context: Partial<LinesContext> = {}): string {
  const found = linesOf(done(facts), { ...away, ...context }).find((line) => line.id === id)
  return `${found?.tone}: ${found?.word}. ${found?.detail}`.replaceAll('\u00a0', ' ')
}

describe('the lines', () => {
  it('are all there from the start, grey, each with what it tries', () => {
    const lines = linesOf({ phase: 'running', facts: {}, broken: {} }, away)
    expect(lines.map(({ id }) => id).join(' ')).toBe(
      'webrtc server own public ipv6 direct turn through-server storage secure clock',
    )
    const waiting = lines.filter(({ id }) => id !== 'secure')
    expect(new Set(waiting.map(({ tone, word }) => `${tone} ${word}`))).toEqual(new Set(['running Checking…']))
    expect(new Set(waiting.map(({ detail }) => detail)).size).toBe(waiting.length)
  })

  it('say at home that all works', () => {
    expect(linesOf(done(home), away).map(({ id, tone }) => `${id} ${tone}`)).toEqual([
      'webrtc good',
      'server good',
      'own good',
      'public good',
      'ipv6 fine',
      'direct good',
      'turn good',
      'through-server good',
      'storage good',
      'secure good',
      'clock good',
    ])
    expect(said(home, 'server')).toBe('good: Works. Reached by WebSocket; an answer takes 12 ms.')
    expect(said(home, 'public')).toBe('good: Works. Others see you as 203.0.113.7.')
  })

  it('fit their place: none is longer than two lines of a phone', () => {
    const long = { addresses: Array(3).fill('2001:db8:85a3:1234:5678:8a2e:370:7334'), hidden: 12 }
    const cases: Partial<CheckFacts>[] = [
      home,
      withoutUdp,
      {},
      { ...home, own: long, turn: { named: true, addresses: [], refusedWith: 401 }, webRtc: 'missing' },
      { ...home, tracker: { reached: 'no', web: 'tracker', pollingStatus: 400 }, storage: { keeps: 'memory' } },
      { ...home, stun: { named: false }, turn: { named: false }, direct: lost, clock: { offsetMs: 1e8 } },
      { ...home, tracker: { reached: 'websocket', roundTripMs: 9, refused: 'rate-limited' }, webRtc: 'refused' },
    ]
    const longest = cases.flatMap((facts) =>
      [true, false].flatMap((isSecure) =>
        linesOf(done(facts), { ...away, isSecure, isLocal: isSecure }).map(({ detail }) => detail),
      ),
    )
    expect(longest.filter((detail) => detail.length > 80)).toEqual([])
  })

  it.each<[string, Partial<CheckFacts>, string, string]>([
    ['WebRTC missing', { webRtc: 'missing' }, 'webrtc', 'bad: Does not work. This browser lacks it'],
    ['WebRTC refused', { webRtc: 'refused' }, 'webrtc', 'bad: Does not work. A setting, an extension'],
    ['what needs WebRTC', { webRtc: 'missing' }, 'direct', 'fine: Not checked. It needs WebRTC.'],
    [
      'what needs the server',
      { webRtc: 'there', tracker: { reached: 'no', web: 'nothing' } },
      'public',
      'fine: Not checked. It needs the server.',
    ],
    ['polling', { tracker: { reached: 'polling', roundTripMs: 80 } }, 'server', 'weak: Works, slowly. WebSockets'],
    [
      'polling refused',
      { tracker: { reached: 'no', web: 'tracker', pollingStatus: 400 } },
      'server',
      'bad: Does not work. WebSockets are blocked here, and it refuses HTTP polling (400).',
    ],
    [
      'polling blocked',
      { tracker: { reached: 'no', web: 'tracker' } },
      'server',
      'bad: Does not work. It answers, but WebSockets and HTTP polling are blocked here.',
    ],
    ['a login page', { tracker: { reached: 'no', web: 'other' } }, 'server', 'bad: Does not work. Something else'],
    ['the server down', { tracker: { reached: 'no', web: 'nothing' } }, 'server', 'bad: Does not work. It does not'],
    [
      'a silent server',
      { tracker: { reached: 'websocket', roundTripMs: 1, refused: 'no-answer' } },
      'server',
      'bad: Does not work. The connection opens, but',
    ],
    [
      'a busy server',
      { tracker: { reached: 'websocket', roundTripMs: 1, refused: 'rate-limited' } },
      'server',
      'weak: Busy.',
    ],
    ['addresses hidden', { own: { addresses: [], hidden: 1 } }, 'own', 'good: Works. 1 address behind random'],
    ['addresses in the clear', { own: { addresses: ['192.168.1.5'], hidden: 0 } }, 'own', 'good: Works. 192.168.1.5'],
    ['no address', { own: { addresses: [], hidden: 0 } }, 'own', 'bad: Does not work. The browser names none'],
    ['STUN silent', withoutUdp, 'public', 'bad: No answer. The STUN server is silent: UDP is blocked here'],
    ['no router', { stun: { named: true, addresses: [], answered: true } }, 'public', 'good: Works. No router'],
    ['no STUN', { stun: { named: false } }, 'public', 'weak: Not there. The server names none'],
    ['IPv6 by STUN', { ...home, stun: { named: true, addresses: ['2001:db8::7'], answered: true } }, 'ipv6', 'good'],
    [
      'IPv6 by itself',
      { ...home, own: { addresses: ['2001:db8::7'], hidden: 0 } },
      'ipv6',
      'good: Works. 2001:db8::7.',
    ],
    [
      'IPv6 absent',
      { ...home, own: { addresses: ['10.0.0.2', 'fd00::2'], hidden: 0 } },
      'ipv6',
      'fine: Not there, which',
    ],
    ['no loop', { direct: lost }, 'direct', 'bad: Does not work. It did not open.'],
    ['an empty loop', { direct: { carried: false, opened: true } }, 'direct', 'bad: Does not work. It opened, but'],
    ['no relay', { turn: { named: false } }, 'turn', 'fine: Not there, which is fine. The server names no relay'],
    [
      'the relay refuses',
      { turn: { named: true, addresses: [], refusedWith: 401 } },
      'turn',
      'bad: Does not work. It refuses (error 401)',
    ],
    ['the relay is silent', withoutUdp, 'turn', 'bad: No answer. It does not answer'],
    [
      'the relay carries nothing',
      { turn: { named: true, addresses: ['a'], loop: lost } },
      'turn',
      'bad: Does not work.',
    ],
    ['no relaying server', { server: { relays: false } }, 'through-server', 'fine: Not there, which is fine.'],
    ['a relaying server fails', { server: { relays: true, loop: lost } }, 'through-server', 'bad: Does not work.'],
    ['a database', { storage: { keeps: 'database', freeBytes: 2e9 } }, 'storage', 'good: Works. Downloads are kept in'],
    ['memory only', { storage: { keeps: 'memory' } }, 'storage', 'weak: In memory only. Up to 1 GB'],
    ['a clock behind', { clock: { offsetMs: 305_000 } }, 'clock', 'weak: Off. 5 min 5 s behind the server’s.'],
    ['a clock ahead', { clock: { offsetMs: -3_600_000 } }, 'clock', 'weak: Off. 1 h ahead of the server’s.'],
    ['a clock a minute off', { clock: { offsetMs: 60_000 } }, 'clock', 'good: Right.'],
    [
      'nobody told the time',
      home.clock ? { webRtc: 'there', tracker: home.tracker } : {},
      'clock',
      'fine: Not checked.',
    ],
  ])('%s', (_, facts, id, expected) => expect(said(facts, id).startsWith(expected)).toBe(true))

  it('need no STUN, and no HTTPS, within one network', () => {
    expect(said({ stun: { named: false } }, 'public', { isLocal: true })).toMatch(/^fine: Not there, which is fine\./)
    expect(said(home, 'secure', { isSecure: false })).toMatch(/^fine: Not there, which is fine\. Plain HTTP works/)
  })

  it('say that a probe failed, with what it reported', () => {
    const snapshot: CheckSnapshot = { phase: 'running', facts: {}, broken: { storage: 'The disk is gone.' } }
    expect(linesOf(snapshot, away).find(({ id }) => id === 'storage')).toMatchObject({
      tone: 'weak',
      word: 'Could not be checked',
      detail: 'The disk is gone.',
    })
  })
})
