// simple-peer's links on real WebRTC (libwebrtc in Node), held to the contract of all links.

import wrtc from '@roamhq/wrtc'
import type { Signal } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import type { PeerLink } from '../ports'
import { linkChecks, type Until } from '../testing/port-contracts'
import { type Rtc, simplePeerLinks } from './simple-peer-link'

const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}

const bench = { until, carry: (deliver: () => void) => void setTimeout(deliver, 20) }

/** A runtime that makes connections of another kind than it was asked for: nobody can be told of their channels. */
const OpaqueConnection = new Proxy(wrtc.RTCPeerConnection, {
  construct: (_, [configuration]) => {
    const { prototype } = wrtc.RTCPeerConnection
    const connection = new wrtc.RTCPeerConnection(configuration)
    return Object.assign(connection, { createDataChannel: prototype.createDataChannel, addEventListener: () => {} })
  },
})

const nodeRtc = wrtc as unknown as Rtc
const opaqueRtc = { ...wrtc, RTCPeerConnection: OpaqueConnection } as unknown as Rtc

describe('a link by simple-peer', () => {
  const openLink = simplePeerLinks(nodeRtc)
  // This WebRTC has no marks: those are shown in browsers (e2e/storage.spec.ts).
  const withoutMarks = linkChecks.filter(({ name }) => !name.includes('mark'))
  it.each(withoutMarks)('$name', async ({ run }) => {
    await expect(run({ ...bench, a: openLink, b: openLink })).resolves.toBeUndefined()
  })

  it('ends where the runtime does not tell of its channel: a swarm would wait for ever on one that never drains', async () => {
    const opaque = simplePeerLinks(opaqueRtc)
    const ended: string[] = []
    const handlers = (name: string, other: () => PeerLink) => ({
      signal: (signal: Signal) => bench.carry(() => other().accept(signal)),
      opened: () => ended.push(`${name} opened`),
      wayChanged: () => {},
      frame: () => {},
      drained: () => {},
      closed: () => ended.push(`${name} closed`),
    })
    const configuration = { iceServers: [], relayOnly: false }
    const a: PeerLink = opaque(
      true,
      configuration,
      handlers('a', () => b),
    )
    const b: PeerLink = openLink(
      false,
      configuration,
      handlers('b', () => a),
    )
    await until(() => ended.includes('a closed') && ended.includes('b closed'))
    expect(ended).not.toContain('a opened')
  })
})
