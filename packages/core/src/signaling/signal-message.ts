// What two peers say to each other under the seal, to connect. Knows nothing of how it is sealed or carried.
import * as z from 'zod/mini'
import { encodeBase64url } from '../content/base64url'
import { ID_BYTES, IdText, textOf } from './base64url-texts'
import { MAX_SEALED_CHARACTERS } from './protocol'

const MAX_SHORT_CHARACTERS = 1_024
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const MAX_LANE = 255
const MAX_LINE_INDEX = 65_535

const Text = z.string().check(z.maxLength(MAX_SEALED_CHARACTERS))
const ShortText = z.string().check(z.maxLength(MAX_SHORT_CHARACTERS))

/**
 * An attempt, as the peer names it that offers; 22 base64url characters. Whatever belongs to its attempt repeats it.
 */
export const AttemptId = IdText

/** A tab's public key (tab-key.ts), 43 base64url characters; and its signature, 86. */
export const TabName = textOf(KEY_BYTES)
const Proof = textOf(SIGNATURE_BYTES)

/** This side can meet the other through the server: its half of the keys (relay-seal.ts), 22 base64url characters. */
const RelaySalt = IdText

/** The number of the connection that this is about, besides a link's first. */
const Lane = z.optional(z.int().check(z.gte(1), z.lte(MAX_LANE)))
/** This side can have more connections to one peer than the first. */
const Lanes = z.optional(z.literal(true))

/**
 * What this side calls itself, to be read by `deviceName`. A name that is none is passed over, and not the signal with
 * it: older pages send none.
 */
const Name = z.optional(z.catch(z.optional(ShortText), undefined))

/**
 * An empty `sdp`: no WebRTC on this side. The shapes of simple-peer's `signal` data that a data channel alone needs,
 * and our own word for giving up.
 */
export const Signal = z.discriminatedUnion('type', [
  z.object({ type: z.literal('offer'), sdp: Text, relay: z.optional(RelaySalt), lanes: Lanes, lane: Lane, name: Name }),
  z.object({
    type: z.literal('answer'),
    sdp: Text,
    relay: z.optional(RelaySalt),
    lanes: Lanes,
    lane: Lane,
    name: Name,
  }),
  z.object({
    type: z.literal('candidate'),
    candidate: z.object({
      candidate: ShortText,
      sdpMid: z.nullable(ShortText),
      sdpMLineIndex: z.nullable(z.int().check(z.gte(0), z.lte(MAX_LINE_INDEX))),
    }),
    lane: Lane,
  }),
  z.object({ type: z.literal('end'), reason: z.optional(ShortText), lane: Lane }),
])

/**
 * `tab` names the sender beyond the tracker's ids, which change when the tracker restarts: one connection a tab is
 * enough. It is the tab's own where `proof` says so; an offer or an answer without one is nobody's.
 */
export const SignalMessage = z.object({ attempt: AttemptId, tab: TabName, signal: Signal, proof: z.optional(Proof) })

export type TabName = z.infer<typeof TabName>
export type AttemptId = z.infer<typeof AttemptId>
export type Signal = z.infer<typeof Signal>
export type SignalMessage = z.infer<typeof SignalMessage>

/** `randomBytes` must be a cryptographic source: an answer to one attempt must fit no other. */
export function drawAttemptId(randomBytes: (length: number) => Uint8Array): AttemptId {
  return encodeBase64url(randomBytes(ID_BYTES))
}
