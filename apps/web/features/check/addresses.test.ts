import { describe, expect, it } from 'vitest'
import { isGlobalIpv6, isLocalHost, shortened } from './addresses'

describe('an address in a report', () => {
  it.each([
    ['203.0.113.7', '203.0.113.x'],
    ['192.168.1.20', '192.168.1.x'],
    ['2001:DB8:85a3::8a2e:370:7334', '2001:db8:x'],
    ['2001:db8::1', '2001:db8:x'],
    ['::1', '::x'],
    ['::ffff:203.0.113.7', '::x'],
    ['drop.example.org', 'drop.example.org'],
  ])('%s becomes %s', (address, short) => expect(shortened(address)).toBe(short))
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
