// What a peer and the tracker say to each other: names, shapes and sizes. Knows nothing of sockets or of what is
// sealed.
import * as z from 'zod/mini'
import { base64url, IdText } from './base64url-texts'

/** Largest sealed signal, in base64url characters. A session description with candidates is 2–8 KiB. */
export const MAX_SEALED_CHARACTERS = 65_536

/** How many peers a `join` or `more` may ask for, and gets when it does not say. */
export const MAX_WANTS = 50
export const DEFAULT_WANTS = 30

/** 16 bytes derived from the link, 22 base64url characters. All that the tracker learns of a file. */
export const SwarmId = IdText

/**
 * The id that the tracker gives to a peer, bound to the socket that joined; 16 random bytes, 22 base64url characters.
 */
export const PeerId = IdText

const Wants = z.optional(z.int().check(z.gte(0), z.lte(MAX_WANTS)))

/** Socket.io events from peer to tracker; each is acknowledged with its `…Reply` or a `Refusal`. */
export const JoinRequest = z.strictObject({ swarmId: SwarmId, wants: Wants })
export const MoreRequest = z.strictObject({ swarmId: SwarmId, wants: Wants })
export const SignalRequest = z.strictObject({
  swarmId: SwarmId,
  to: PeerId,
  sealed: z.string().check(z.minLength(1), z.maxLength(MAX_SEALED_CHARACTERS), z.regex(base64url)),
})
export const LeaveRequest = z.strictObject({ swarmId: SwarmId })

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
})

export const JoinReply = z.object({
  id: PeerId,
  /** A uniformly random subset of the swarm's other peers. */
  peers: z.array(PeerId).check(z.maxLength(MAX_WANTS)),
  /** Peers in the swarm, the newcomer included. */
  size: z.int().check(z.gte(1)),
  iceServers: z.array(IceServer),
  /** Whether this server carries sealed frames between peers that find no other way (relay-protocol.ts). */
  relays: z.optional(z.boolean()),
  /** UDP port of the tracker's own STUN server, under the host that the peer has reached it by. */
  stunPort: z.optional(z.int().check(z.gte(1), z.lte(65_535))),
})
export const MoreReply = z.object({
  peers: z.array(PeerId).check(z.maxLength(MAX_WANTS)),
  size: z.int().check(z.gte(1)),
})

/**
 * `GET /addresses`: where others can open the page, as `http://192.168.1.5:3000`, the likeliest first. Told to this
 * machine alone; to everybody else it is empty.
 */
export const AddressesReply = z.object({ addresses: z.array(z.string().check(z.regex(/^https?:\/\/[^/]+$/))) })

/** Tracker to peer, event `signal`: somebody of the same swarm sent this. `from` is the tracker's word. */
export const SignalDelivery = z.object({ swarmId: SwarmId, from: PeerId, sealed: SignalRequest.shape.sealed })

export const refusalCodes = [
  'invalid', // the message is not of the shape above
  'not-joined', // this socket is not in that swarm
  'already-joined',
  'too-many-swarms', // this socket, or the whole tracker, is at its bound
  'unknown-peer', // `to` is not in that swarm (it may just have left)
  'rate-limited', // slow down; nothing was done
  'receiver-busy', // `to` reads too slowly for this, or is sent too much by you or by all; nothing was done
  'relay-off', // this server carries no frames
  'relay-full', // it carries as many already, of this socket or of all, as it may; nothing was done
  'unknown-room', // no such room, or it has expired
  'wrong-token', // only the host's token opens a room as its host
  'room-locked', // its host lets nobody in who was not there before
  'removed', // the room's host has sent this one out
  'room-full', // this room has as many participants as it may, or the tracker as many rooms
  'unknown-code', // nobody has a mailbox of this number
  'code-taken', // somebody else has this number
  'codes-full', // this socket, its address or the tracker has as many mailboxes as it may
  'exchange-over', // there is no such exchange of this socket, or it has said there what it may
  'not-in-room', // this socket is in no room, or may not do that there
] as const
export type RefusalCode = (typeof refusalCodes)[number]
export const Refusal = z.object({ refused: z.enum(refusalCodes) })

export type PeerId = z.infer<typeof PeerId>
export type SwarmId = z.infer<typeof SwarmId>
export type IceServer = z.infer<typeof IceServer>
export type JoinRequest = z.infer<typeof JoinRequest>
export type JoinReply = z.infer<typeof JoinReply>
export type MoreRequest = z.infer<typeof MoreRequest>
export type MoreReply = z.infer<typeof MoreReply>
export type AddressesReply = z.infer<typeof AddressesReply>
export type SignalRequest = z.infer<typeof SignalRequest>
export type SignalDelivery = z.infer<typeof SignalDelivery>
export type LeaveRequest = z.infer<typeof LeaveRequest>
export type Refusal = z.infer<typeof Refusal>
