// By which number a peer is drawn: its mark's, or its index where it has none. Draws nothing.
import { numberOfMark } from '../ui/people'

export const peerNumber = (peer: { mark?: number } | undefined, index: number): number =>
  peer?.mark === undefined ? index : numberOfMark(peer.mark)
