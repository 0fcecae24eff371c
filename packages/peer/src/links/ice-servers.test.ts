import { expect, it } from 'vitest'
import { iceServersOf } from './ice-servers'

const relay = { urls: ['turn:turn.example.org:3478'], username: 'u', credential: 'c' }

it("asks the tracker's own STUN server first, under the host that the tracker was reached by", () => {
  expect(iceServersOf({ iceServers: [relay], stunPort: 3478 }, 'drop.example.org')).toEqual([
    { urls: ['stun:drop.example.org:3478'] },
    relay,
  ])
  expect(iceServersOf({ iceServers: [], stunPort: 3479 }, '[2001:db8::1]')).toEqual([
    { urls: ['stun:[2001:db8::1]:3479'] },
  ])
})

it('asks only those that are named where the tracker has none, or nobody knows its host', () => {
  expect(iceServersOf({ iceServers: [relay] }, 'drop.example.org')).toEqual([relay])
  expect(iceServersOf({ iceServers: [relay], stunPort: 3478 }, undefined)).toEqual([relay])
})
