import type { NetworkInterfaceInfo } from 'node:os'
import { expect, it } from 'vitest'
import { lanAddresses } from './lan-addresses'

const info = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo

const interfaces = {
  lo: [info('127.0.0.1', true), info('::1', true)],
  docker0: [info('172.17.0.1')],
  wlan0: [info('2001:db8::5'), info('fe80::1'), info('192.168.1.5')],
  eth0: [info('169.254.3.4')],
}

it('puts first what others can most likely open, and leaves out what they cannot', () => {
  expect(lanAddresses(interfaces, '0.0.0.0')).toEqual(['192.168.1.5', '172.17.0.1'])
  expect(lanAddresses(interfaces, '::')).toEqual(['192.168.1.5', '[2001:db8::5]', '172.17.0.1'])
})

it('names only what it listens on', () => {
  expect(lanAddresses(interfaces, '192.168.1.5')).toEqual(['192.168.1.5'])
  expect(lanAddresses(interfaces, '127.0.0.1')).toEqual([])
})
