import { seededRandom } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { isGlobalIpv6, isLocalHost, withShortAddresses } from './addresses'

describe('in a report', () => {
  it.each([
    ['as 203.0.113.7.', 'as 203.0.113.x.'],
    ['192.168.1.20 and 10.0.0.1', '192.168.1.x and 10.0.0.x'],
    ['2001:db8:85a3::8a2e:370:7334, seen', '2001:db8:x, seen'],
    ['[2001:db8::1]:3000', '[2001:db8:x]:3000'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.x'],
    ['https://drop.example.org', 'https://drop.example.org'],
    ['Clock: Off. 1 h 0 min', 'Clock: Off. 1 h 0 min'],
  ])('%s becomes %s', (text, short) => expect(withShortAddresses(text)).toBe(short))

  it('no address stays whole, whatever it is', () => {
    const random = seededRandom(7)
    const below = (bound: number) => Math.floor(random() * bound)
    for (let i = 0; i < 1_000; i++) {
      const ipv4 = Array.from({ length: 4 }, () => below(256)).join('.')
      const groups = Array.from({ length: 8 }, () => (below(4) === 0 ? 0 : below(65_536)).toString(16))
      const ipv6 = groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
      const text = withShortAddresses(`seen as ${ipv4}, ${ipv6}.`)
      expect(text).not.toContain(ipv4)
      if (!ipv6.startsWith('::')) expect(text).toMatch(/, [0-9a-f]{1,4}:[0-9a-f]{0,4}:x\.$/)
    }
  })
})

describe('a server’s host', () => {
  it.each([
    'localhost',
    'room.localhost',
    'teacher',
    'pi.local',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.9.9',
    '192.168.1.5',
    '169.254.1.1',
    '100.64.0.1',
    '100.127.0.1',
    '[::1]',
    '[fd00::1]',
    '[fe80::1]',
  ])('%s is in this network', (host) => expect(isLocalHost(host)).toBe(true))

  it.each([
    'drop.example.org',
    '203.0.113.7',
    '172.32.0.1',
    '172.15.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '11.0.0.1',
    '[2001:db8::1]',
    'local.example.org',
    '10.example.org',
  ])('%s may be anywhere', (host) => expect(isLocalHost(host)).toBe(false))
})

it('an IPv6 address of the Internet is told from a home’s own and a link’s', () => {
  const global = ['2001:db8::1', '3fff::1', 'fd00::1', 'fe80::1', '::1', '203.0.113.7'].filter(isGlobalIpv6)
  expect(global).toEqual(['2001:db8::1', '3fff::1'])
})
