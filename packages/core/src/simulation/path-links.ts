// The links of simulated peers on a network of paths: their channels, further lanes, and how a path is measured. Knows
// nothing of what is said over them.
import type { RoundTrip, SwarmEvent } from '../swarm/index'
import type { Message } from '../wire/index'
import { type BundleEvents, ChannelBundle, OPENING_ROUND_TRIPS } from './channel-bundle'
import type { Schedule } from './pipe'
import type { PeerLink, SimPeer } from './sim-peer'

export class PathLinks {
  constructor(
    private readonly schedule: Schedule,
    private readonly tell: (peer: SimPeer, event: SwarmEvent) => void,
  ) {}

  /** Opens channels between two peers; none where one of them is on no path. */
  openChannels(there: PeerLink, back: PeerLink): void {
    const [a, b] = [there.from.access, there.to.access]
    if (!a || !b) return
    const hears = ({ from, to }: PeerLink): BundleEvents<Message> => ({
      received: (message, lane) => this.tell(from, { type: 'message-received', peer: to.id, message, lane }),
      drained: (bufferedBytes) => this.tell(from, { type: 'send-drained', peer: to.id, bufferedBytes }),
    })
    const routes = { there: [a.up, b.down], back: [b.up, a.down] }
    const [first, second] = ChannelBundle.pair(this.schedule, routes, hears(there), hears(back))
    first.lowMarkBytes = there.lowMarkBytes
    second.lowMarkBytes = back.lowMarkBytes
    there.channels = first
    back.channels = second
  }

  /** Opens further lanes. On a network without paths, several bring nothing. */
  openLanes(peer: SimPeer, id: string, count: number): void {
    const link = peer.links.get(id)
    if (!link) return
    const opened = () => {
      const { channels } = link
      if (!link.isOpen) return
      if (!channels) return this.tell(peer, { type: 'lanes-refused', peer: id })
      for (let i = 0; i < count; i++) {
        const lane = channels.nextLane
        channels.open(lane)
        this.tell(peer, { type: 'lane-opened', peer: id, lane })
      }
    }
    this.schedule.at(this.schedule.now + 2 * OPENING_ROUND_TRIPS * link.latencyMs, opened)
  }

  /** Measures the path to another, where there is one. */
  measure(peer: SimPeer, id: string): void {
    const link = peer.links.get(id)
    const tell = (roundTrip?: RoundTrip) => {
      if (link?.isOpen) this.tell(peer, { type: 'path-measured', peer: id, roundTrip })
    }
    if (link?.channels) link.channels.measurePath(tell)
    else this.schedule.at(this.schedule.now, () => tell())
  }
}
