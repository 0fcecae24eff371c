import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { lanAddresses } from './lan-addresses'

const REAL = 'a4:83:e7:12:34:56'
const NONE = '00:00:00:00:00:00'

/** Addresses by the name of their interface, and its hardware address, as `networkInterfaces()` lists them. */
type Listed = Record<string, [mac: string, ...addresses: string[]]>

const asListed = (listed: Listed) =>
  Object.fromEntries(
    Object.entries(listed).map(([name, [mac, ...addresses]]) => [
      name,
      addresses.map(
        (address) =>
          ({
            address,
            mac,
            internal: /^127|^::1$/.test(address),
            family: address.includes(':') ? 'IPv6' : 'IPv4',
          }) as NetworkInterfaceInfo,
      ),
    ]),
  )

const linux: Listed = {
  lo: [NONE, '127.0.0.1', '::1'],
  'br-5f2d1c9a77e0': ['02:42:9a:00:00:01', '172.18.0.1', 'fe80::42:9aff:fe00:1'],
  docker0: ['02:42:1b:00:00:01', '172.17.0.1'],
  veth12ab34c: ['1a:2b:3c:4d:5e:6f', 'fe80::1', '169.254.7.7'],
  virbr0: ['52:54:00:aa:bb:cc', '192.168.122.1'],
  tailscale0: [NONE, '100.101.102.103', 'fd7a:115c:a1e0::6465:6667'],
  ztabcdef12: ['6a:11:22:33:44:55', '10.147.17.5'],
  wg0: [NONE, '10.8.0.2'],
  tun0: [NONE, '10.9.0.6'],
  vboxnet0: ['0a:00:27:00:00:00', '192.168.56.1'],
  vmnet8: ['00:50:56:c0:00:08', '172.16.99.1'],
  wlp2s0: [REAL, '192.168.1.23', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::99', 'fe80::a683:e7ff:fe12:3456'],
  enp3s0: [REAL, '10.20.0.7'],
}

const mac: Listed = {
  lo0: [NONE, '127.0.0.1', '::1', 'fe80::1'],
  utun0: [NONE, 'fe80::8000:1'],
  utun4: [NONE, '100.90.80.70', 'fd7a:115c:a1e0::5a50:46'],
  feth1234: ['66:65:74:68:12:34', '10.147.17.9'],
  bridge100: ['f2:18:98:00:00:64', '192.168.64.1'],
  vmenet0: ['de:ad:be:ef:00:01', '192.168.66.1'],
  awdl0: ['8a:00:00:00:00:01', 'fe80::8800:ff:fe00:1'],
  en0: [REAL, 'fe80::1cde:adff', '192.168.0.14', '2001:db8:9::14'],
}

const windows: Listed = {
  'VirtualBox Host-Only Network': ['0a:00:27:00:00:0d', '192.168.56.1', 'fe80::d1'],
  'VMware Network Adapter VMnet1': ['00:50:56:c0:00:01', '192.168.133.1'],
  'Ethernet 2': ['0a:00:27:00:00:11', '192.168.59.1'],
  'vEthernet (WSL (Hyper-V firewall))': ['00:15:5d:01:02:03', '172.29.64.1'],
  'vEthernet (Default Switch)': ['00:15:5d:0a:0b:0c', '172.21.16.1'],
  Tailscale: [NONE, '100.77.66.55'],
  'ZeroTier One [abcdef1234567890]': ['aa:bb:cc:00:11:22', '10.147.20.3'],
  'OpenVPN TAP-Windows6': ['00:ff:12:34:56:78', '10.8.0.6'],
  NordLynx: [NONE, '10.5.0.2'],
  'Head office': [NONE, '10.99.0.8'],
  'Ethernet 4': ['a4:83:e7:12:34:58', '100.64.12.13'],
  'Local Area Connection* 2': ['a6:83:e7:12:34:56', '169.254.11.12'],
  'Bluetooth Network Connection': ['a4:83:e7:12:34:57', '169.254.33.44'],
  'Loopback Pseudo-Interface 1': [NONE, '::1', '127.0.0.1'],
  'Wi-Fi': [REAL, 'fe80::77', '192.168.178.31'],
}

describe('the addresses for others', () => {
  it('begin with those of real adapters on Linux; tunnels come last, and what only this machine is on is left out', () => {
    expect(lanAddresses(asListed(linux), '::')).toEqual([
      '192.168.1.23',
      '10.20.0.7',
      '[2001:db8:1:2:3:4:5:6]',
      '10.147.17.5',
      '10.8.0.2',
      '10.9.0.6',
      '100.101.102.103',
      '[fd7a:115c:a1e0::6465:6667]',
    ])
  })

  it('do so on macOS', () => {
    expect(lanAddresses(asListed(mac), '0.0.0.0')).toEqual([
      '192.168.0.14',
      '10.147.17.9',
      '192.168.64.1',
      '100.90.80.70',
    ])
  })

  it('do so on Windows', () => {
    expect(lanAddresses(asListed(windows), '::')).toEqual([
      '192.168.178.31',
      '10.147.20.3',
      '10.8.0.6',
      '10.5.0.2',
      '10.99.0.8',
      '100.77.66.55',
      '100.64.12.13',
    ])
  })

  it('have private ones first on a server that is also on the Internet', () => {
    const server = asListed({ eth0: [REAL, '203.0.113.9', '2001:db8::9'], eth1: [REAL, '10.0.0.9'] })
    expect(lanAddresses(server, '::')).toEqual(['10.0.0.9', '203.0.113.9', '[2001:db8::9]'])
  })

  it('are those of a virtual switch where the machine has no other way out, and of the container that it is', () => {
    expect(lanAddresses(asListed({ 'vEthernet (External)': [REAL, '192.168.1.9'] }), '::')).toEqual(['192.168.1.9'])
    expect(lanAddresses(asListed({ eth0: ['02:42:ac:11:00:02', '172.17.0.2'] }), '::')).toEqual(['172.17.0.2'])
  })

  it('are none where nobody else is on a network of this machine', () => {
    expect(lanAddresses(asListed({ docker0: ['02:42:1b:00:00:01', '172.17.0.1'] }), '::')).toEqual([])
  })

  it('are only what it listens on', () => {
    expect(lanAddresses(asListed(linux), '192.168.1.23')).toEqual(['192.168.1.23'])
    expect(lanAddresses(asListed(linux), '127.0.0.1')).toEqual([])
    expect(lanAddresses(asListed(linux), '2001:db8:1:2::99')).toEqual(['[2001:db8:1:2::99]'])
  })
})
