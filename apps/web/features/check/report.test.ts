import type { CheckSnapshot } from '@swarmdrop/peer/check'
import { describe, expect, it } from 'vitest'
import { type ReportContext, reportOf } from './report'
import { home, withoutUdp } from './testing/facts'

const context: ReportContext = {
  isLocal: false,
  isSecure: true,
  browser: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0',
  scheme: 'https:',
  host: 'drop.example.org',
  at: '2026-01-02 03:04 UTC',
}

describe('a report', () => {
  it('holds the verdict and every line, with a sign in plain text', () => {
    const text = reportOf({ phase: 'done', facts: withoutUdp, broken: {} }, context)
    expect(text.split('\n').slice(0, 7)).toEqual([
      'Swarmdrop connection check',
      '2026-01-02 03:04 UTC, page from https://drop.example.org',
      'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0',
      '',
      'Only through the server: slower. No direct connection out of this network is possible. Within it, files travel directly.',
      '',
      '+ WebRTC: Works. This browser can connect to others.',
    ])
    expect(text).toContain('\nx Public address (STUN): No answer. ')
    expect(text).toContain('\n- IPv6: Not there, which is fine. ')
    expect(text).not.toContain('\u00a0')
  })

  it('tells no whole address, no matter who named it: WebRTC, the page or an error', () => {
    const addresses = ['203.0.113.77', '198.51.100.88', '192.168.7.99', '2001:db8:aaaa:bbbb::cc', '192.0.2.66']
    const [reflexive = '', relayed = '', own = '', ipv6 = '', server = ''] = addresses
    const snapshot: CheckSnapshot = {
      phase: 'done',
      facts: {
        ...home,
        own: { addresses: [own, ipv6], hidden: 0 },
        stun: { named: true, addresses: [reflexive, ipv6], answered: true },
        turn: { named: true, addresses: [relayed], loop: { carried: true, openMs: 1, roundTripMs: 1 } },
      },
      broken: { storage: `turn:${server}:3478 or [${ipv6}] is no URL` },
    }
    delete (snapshot.facts as Partial<typeof home>).storage
    for (const host of [server, `[${ipv6}]`]) {
      const text = reportOf(snapshot, { ...context, host })
      expect(addresses.filter((address) => text.includes(address))).toEqual([])
      expect(text).not.toMatch(/bbbb|\.77|\.88|\.99|\.66/)
      expect(text).toContain('203.0.113.x')
      expect(text).toContain('2001:db8:x')
    }
  })

  it('says that a check is not done', () => {
    const text = reportOf({ phase: 'running', facts: {}, broken: {} }, context)
    expect(text).toContain('\nStill checking.\n')
    expect(text).toContain('\n… Server: Checking…')
  })
})
