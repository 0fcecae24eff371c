import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { clientAddress } from './address'

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

it('ignores a forwarded address unless a proxy is trusted', () => {
  expect(clientAddress(request('203.0.113.5', '198.51.100.1'), 0)).toBe('203.0.113.5')
})

it('believes only the entry that the trusted proxy wrote, not those that the client sent along', () => {
  expect(clientAddress(request('10.0.0.1', '1.1.1.1, 198.51.100.1'), 1)).toBe('198.51.100.1')
  expect(clientAddress(request('10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2'), 2)).toBe('198.51.100.1')
})

it('falls back to the connection when the proxy wrote nothing', () => {
  expect(clientAddress(request('203.0.113.5'), 1)).toBe('203.0.113.5')
  expect(clientAddress(request('203.0.113.5', '1.1.1.1'), 2)).toBe('203.0.113.5')
})

it('counts IPv6 by its /64', () => {
  expect(clientAddress(request('2001:DB8:0:1:aaaa:bbbb:cccc:dddd'), 0)).toBe('2001:db8:0:1::/64')
  expect(clientAddress(request('2001:db8:0:1::9'), 0)).toBe('2001:db8:0:1::/64')
  expect(clientAddress(request('2001:db8::9'), 0)).toBe('2001:db8:0:0::/64')
  expect(clientAddress(request('::1'), 0)).toBe('0:0:0:0::/64')
  expect(clientAddress(request('fe80::1%eth0'), 0)).toBe('fe80:0:0:0::/64')
})

it.each([
  '198.51.100.7',
  '198.51.100.7:4711',
  '"198.51.100.7:4711"',
  '::ffff:198.51.100.7',
  '[::ffff:198.51.100.7]:4711',
  '::ffff:c633:6407',
  '::FFFF:C633:6407',
  '0:0:0:0:0:ffff:198.51.100.7',
  '0000:0000:0000:0000:0000:ffff:c633:6407',
  '[0:0:0:0:0:FFFF:C633:6407]:65535',
])('counts %s as 198.51.100.7, whatever port or writing the proxy chose', (written) => {
  expect(clientAddress(request('10.0.0.1', written), 1)).toBe('198.51.100.7')
})

it.each(['2001:db8:0:1::1', '[2001:db8:0:1::1]', '[2001:db8:0:1::1]:4711', '"[2001:DB8:0:1:ffff::]:1"'])(
  'counts %s by its /64',
  (written) => {
    expect(clientAddress(request('10.0.0.1', written), 1)).toBe('2001:db8:0:1::/64')
  },
)

it.each([
  'unknown',
  '_hidden',
  '',
  'example.org',
  '127.1',
  '0x7f000001',
  '1.2.3.4.5',
  '1.2.3.256',
  '[::1',
  '::1]',
  ':80',
])('counts “%s”, which is no address, as the proxy itself', (written) => {
  expect(clientAddress(request('::ffff:10.0.0.1', `1.1.1.1, ${written}`), 1)).toBe('10.0.0.1')
})
