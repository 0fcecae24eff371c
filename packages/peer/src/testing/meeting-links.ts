// Peers whose links meet in virtual time: signals pass from one to the other as they are, without a tracker or a seal.
import type { Signal, SignalMessage } from '@swarmdrop/core/signaling'
import { PeerLinks } from '../links/peer-links'
import { VirtualWorld } from './virtual-device'

/** Peers whose signals reach each other after 10 ms. */
export function meeting(seed = 1) {
  const world = new VirtualWorld(seed)
  const peers = new Map<string, ReturnType<typeof enter>>()
  function enter(id: string, device = id, maxLinks?: number) {
    const heard = { opened: [] as string[], closed: [] as { peer: string; lost: boolean }[], frames: [] as string[] }
    const signals: { to: string; type: Signal['type'] }[] = []
    const links = new PeerLinks(
      world.device(device).ports,
      { name: `tab ${id}` },
      {
        signal: (to, attempt, signal) => {
          signals.push({ to, type: signal.type })
          const from = links.ownId
          const message: SignalMessage = { attempt, tab: `tab ${id}`, signal }
          world.time.after(10, () => peers.get(to)?.links.receive(from, message))
        },
        opened: (peer) => void heard.opened.push(peer),
        frame: (peer, frame) => void heard.frames.push(`${peer} ${frame.join()}`),
        drained: () => {},
        wayChanged: () => {},
        turnChanged: () => {},
        closed: (peer, lost) => void heard.closed.push({ peer, lost }),
      },
      { maxLinks },
    )
    links.ownId = id
    const entered = { links, heard, signals }
    peers.set(id, entered)
    return entered
  }
  /** Gives a peer another id, as after a restart of the tracker. */
  function rename(id: string, to: string): void {
    const peer = peers.get(id)
    if (!peer) return
    peers.delete(id)
    peers.set(to, peer)
    peer.links.ownId = to
  }
  /** Lets a peer be reached by a former id as well, as where the tracker still knows it. */
  function alias(id: string, former: string): void {
    const peer = peers.get(id)
    if (peer) peers.set(former, peer)
  }
  return { world, enter, rename, alias, peers, time: world.time }
}
