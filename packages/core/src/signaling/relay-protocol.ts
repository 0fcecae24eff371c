// What a peer and the server say to each other about a way through the server: names, shapes and sizes. Knows nothing
// of sockets or of what is sealed.
import * as z from 'zod/mini'
import { base64url, IdText } from './base64url-texts'
import { PeerId, SwarmId } from './protocol'

/** The longest sealed piece, in base64url characters. */
export const MAX_PIECE_CHARACTERS = 16_384

/**
 * How much a side may have sent that the other has not said it has read, by `pieceCost`: the most that the server holds
 * each way.
 */
export const RELAY_WINDOW = 131_072

/** A side that has read this much says so; less may wait. */
export const RELAY_READ_AT = 32_768

/** A shorter piece carries no block: a pair that sends only such pieces idles. */
export const RELAY_USE_CHARACTERS = 4_096

const LEAST_PIECE_COST = 256

/** What a piece of so many characters counts for: short ones more than they are long, as each is work. */
export const pieceCost = (characters: number): number => Math.max(LEAST_PIECE_COST, characters)

/** The name of a pair, which both sides derive from what they have agreed under the seal; 22 base64url characters. */
export const PairName = IdText
const Sealed = z.string().check(z.minLength(1), z.maxLength(MAX_PIECE_CHARACTERS), z.regex(base64url))
const Cost = z.int().check(z.gte(1), z.lte(RELAY_WINDOW))

/** Peer to server. Acknowledged, by `{}` or a refusal. The way stands when both sides have asked for it. */
export const RelayOpenRequest = z.strictObject({ swarmId: SwarmId, to: PeerId, pair: PairName })
/**
 * Peer to server, without an answer. What is more than the window, or of no pair of this socket's, ends or counts for
 * nothing.
 */
export const RelayPiece = z.strictObject({ pair: PairName, sealed: Sealed })
/**
 * Peer to server: so much more of what the other sent has been read, by `pieceCost`; and server to peer: so much more
 * of yours.
 */
export const RelayRead = z.strictObject({ pair: PairName, cost: Cost })
/** Peer to server; and server to peer, as `relay-ended`: the way is no more, or will not be. */
export const RelayStop = z.strictObject({ pair: PairName })
/** Server to peer: both have asked for it. */
export const RelayOpened = z.strictObject({ pair: PairName })

export type RelayOpenRequest = z.infer<typeof RelayOpenRequest>
export type RelayPiece = z.infer<typeof RelayPiece>
export type RelayRead = z.infer<typeof RelayRead>
export type RelayStop = z.infer<typeof RelayStop>
export type RelayOpened = z.infer<typeof RelayOpened>
