// simple-peer's links on real WebRTC (node-datachannel), held to the contract of all links.
import * as rtc from 'node-datachannel/polyfill'
import { describe, expect, it } from 'vitest'
import { linkChecks, type Until } from '../testing/port-contracts'
import { type Rtc, simplePeerLinks } from './simple-peer-link'

const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}

/** As a network takes its time: an answer within the same moment meets a libdatachannel that has not made its transport. */
const bench = { until, carry: (deliver: () => void) => void setTimeout(deliver, 30) }

/** Its descriptions cannot be written to, and simple-peer writes to its own: it gets plain ones. */
class NodeConnection extends rtc.RTCPeerConnection {
  override async createOffer() {
    const { type, sdp } = await super.createOffer()
    return { type, sdp }
  }
  override async createAnswer() {
    const { type, sdp } = await super.createAnswer()
    return { type, sdp }
  }
}

/** A runtime that makes connections of another kind than it was asked for: nobody can be told of their channels. */
const OpaqueConnection = new Proxy(NodeConnection, {
  construct: (_, [configuration]) => Object.assign(new NodeConnection(configuration), { addEventListener: () => {} }),
})

const nodeRtc = { ...rtc, RTCPeerConnection: NodeConnection } as unknown as Rtc
const opaqueRtc = { ...rtc, RTCPeerConnection: OpaqueConnection } as unknown as Rtc

describe('a link by simple-peer', () => {
  const openLink = simplePeerLinks(nodeRtc)
  it.each(linkChecks)('$name', async ({ run }) => {
    await expect(run({ ...bench, a: openLink, b: openLink })).resolves.toBeUndefined()
  })

  it('goes through simple-peer’s own stream where no channel is told: slower, and all there', async () => {
    const opaque = simplePeerLinks(opaqueRtc)
    for (const { run } of linkChecks.slice(0, 2))
      await expect(run({ ...bench, a: opaque, b: opaque })).resolves.toBeUndefined()
  })
})
