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

it('counts IPv6 by its /64, and IPv4 in IPv6 as IPv4', () => {
  expect(clientAddress(request('2001:DB8:0:1:aaaa:bbbb:cccc:dddd'), 0)).toBe('2001:db8:0:1::/64')
  expect(clientAddress(request('2001:db8:0:1::9'), 0)).toBe('2001:db8:0:1::/64')
  expect(clientAddress(request('2001:db8::9'), 0)).toBe('2001:db8:0:0::/64')
  expect(clientAddress(request('::1'), 0)).toBe('0:0:0:0::/64')
  expect(clientAddress(request('::ffff:192.0.2.7'), 0)).toBe('192.0.2.7')
})
