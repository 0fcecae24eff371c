// What the tabs of a class say to the tracker to be in one room: names, shapes and sizes. Knows nothing of experiments:
// what host and participants tell each other passes through as text.
import * as z from 'zod/mini'
import { IdText } from './base64url-texts'

/** Participants in one room, those that are away for a moment included. */
export const MAX_PARTICIPANTS = 100
/** Largest text that the tracker carries from host to participant or back. */
export const MAX_LAB_CHARACTERS = 65_536
export const MAX_NAME_CHARACTERS = 40

/** Six characters that nobody confuses when they are read aloud or off a wall: no 0 and O, no 1, I and L. */
export const ROOM_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const ROOM_CODE_LENGTH = 6

export const RoomCode = z.string().check(z.length(ROOM_CODE_LENGTH), z.regex(new RegExp(`^[${ROOM_CODE_ALPHABET}]+$`)))
/** 16 random bytes, 22 base64url characters: proves after a reload that one is the same. */
export const RoomToken = IdText
/** The name of a token for those who must not know it: the first 22 base64url characters of its SHA-256. */
export const RoomMark = IdText
const MAX_ARRIVALS = 1_000_000
/** The order of arrival, from 1; never given twice in one room. */
export const ParticipantId = z.int().check(z.gte(1), z.lte(MAX_ARRIVALS))

const LabBody = z.string().check(z.minLength(1), z.maxLength(MAX_LAB_CHARACTERS))
/** A name that fits on one line of a wall, without control characters. */
const Name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS), z.regex(/^\P{Cc}+$/u))

/**
 * Socket.io events from a tab to the tracker; each is acknowledged with its `…Reply`, an empty object or a `Refusal`.
 */
export const LabCreateRequest = z.strictObject({})
/** A seat as a host brings it along. `removed`: its owner may not come back to it. */
const BroughtSeat = z.strictObject({
  id: ParticipantId,
  name: Name,
  mark: RoomMark,
  removed: z.optional(z.boolean()),
})
/** `seats`, `locked`: set up the room again with these, should the tracker know none of this code. */
export const LabHostRequest = z.strictObject({
  code: RoomCode,
  token: RoomToken,
  seats: z.optional(z.array(BroughtSeat).check(z.maxLength(MAX_PARTICIPANTS))),
  locked: z.optional(z.boolean()),
})
/** `room`: the one that was joined before, and no other of the same code. */
export const LabJoinRequest = z.strictObject({
  code: RoomCode,
  name: Name,
  token: z.optional(RoomToken),
  room: z.optional(RoomMark),
})
/** `to`: a participant or all of them, from the host alone; absent: to the host. */
export const LabSendRequest = z.strictObject({
  to: z.optional(z.union([ParticipantId, z.literal('all')])),
  body: LabBody,
})
export const LabClockRequest = z.strictObject({})
/** Another name for a seat, or its owner sent out of the room, or let in again. From the host alone. */
export const LabSeatRequest = z.strictObject({
  id: ParticipantId,
  name: z.optional(Name),
  removed: z.optional(z.boolean()),
})
/** Locks the room: nobody without a seat gets one. From the host alone. */
export const LabLockRequest = z.strictObject({ locked: z.boolean() })

export const Participant = z.object({
  id: ParticipantId,
  name: z.string(),
  mark: RoomMark,
  present: z.boolean(),
  removed: z.optional(z.boolean()),
})
export const LabHostReply = z.object({
  code: RoomCode,
  token: RoomToken,
  participants: z.array(Participant).check(z.maxLength(MAX_PARTICIPANTS)),
  locked: z.optional(z.boolean()),
})
/**
 * `name`: what it is called in this room; `room`: the mark of the host's token, by which the participant knows this
 * room again.
 */
export const LabJoinReply = z.object({
  id: ParticipantId,
  name: z.string(),
  token: RoomToken,
  room: RoomMark,
  hostPresent: z.boolean(),
})
/** Milliseconds on the tracker's clock, to which everybody sets theirs. */
export const LabClockReply = z.object({ nowMs: z.number() })

/**
 * Tracker to tab, event `lab`. `participant` goes to the host, `host` to the participants, `replaced` to whose place
 * another has, `removed` to whom the host has sent out.
 */
export const LabDelivery = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), from: z.union([ParticipantId, z.literal('host')]), body: LabBody }),
  z.object({ type: z.literal('participant'), participant: Participant }),
  z.object({ type: z.literal('host'), present: z.boolean() }),
  z.object({ type: z.literal('replaced') }),
  z.object({ type: z.literal('removed') }),
])

export type RoomCode = z.infer<typeof RoomCode>
export type RoomToken = z.infer<typeof RoomToken>
export type RoomMark = z.infer<typeof RoomMark>
export type ParticipantId = z.infer<typeof ParticipantId>
export type Participant = z.infer<typeof Participant>
export type LabHostRequest = z.infer<typeof LabHostRequest>
export type LabJoinRequest = z.infer<typeof LabJoinRequest>
export type LabSendRequest = z.infer<typeof LabSendRequest>
export type LabSeatRequest = z.infer<typeof LabSeatRequest>
export type LabLockRequest = z.infer<typeof LabLockRequest>
export type LabHostReply = z.infer<typeof LabHostReply>
export type LabJoinReply = z.infer<typeof LabJoinReply>
export type LabClockReply = z.infer<typeof LabClockReply>
export type LabDelivery = z.infer<typeof LabDelivery>
