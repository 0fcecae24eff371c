// By which number a peer is drawn: its mark's, or its place's where it has none. Draws nothing.
import { numberOfMark } from '../ui/people'

export const peerNumber = (peer: { mark?: number } | undefined, place: number): number =>
  peer?.mark === undefined ? place : numberOfMark(peer.mark)
