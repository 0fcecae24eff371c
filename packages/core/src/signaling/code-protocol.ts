// What pages and tracker say to each other to carry what is said about a code: names, shapes and sizes. Knows nothing
// of words or keys: the tracker has the code's number, and passes on text.
import * as z from 'zod/mini'
import { IdText } from './base64url-texts'

/** Largest text that is passed on. The longest of ours, a sealed link, is half of it. */
export const MAX_CODE_CHARACTERS = 2_048
/** How many messages each side may send in one exchange. */
export const CODE_TURNS = 2

const MAX_NAMEPLATE = 99_999
/** The number of a code: whose mailbox it is. */
export const Nameplate = z.int().check(z.gte(1), z.lte(MAX_NAMEPLATE))
/** The id that the tracker gives to one try of one visitor; 16 random bytes, 22 base64url characters. */
const ExchangeId = IdText
/**
 * The secret of who opens a mailbox: anyone who has it takes the mailbox over, from whatever socket. 22 base64url
 * characters.
 */
const CodeToken = IdText
const CodeBody = z.string().check(z.minLength(1), z.maxLength(MAX_CODE_CHARACTERS))

/** Socket.io events to the tracker; each is acknowledged with its `…Reply`, an empty object or a `Refusal`. */
/** `nameplate`: the one that this token had before; absent: any that is free. */
export const CodeOpenRequest = z.strictObject({ token: CodeToken, nameplate: z.optional(Nameplate) })
export const CodeCloseRequest = z.strictObject({ nameplate: Nameplate })
/** A visitor's first words: they begin an exchange. */
export const CodeKnockRequest = z.strictObject({ nameplate: Nameplate, body: CodeBody })
/** A message from either side of an exchange to the other. */
export const CodeSayRequest = z.strictObject({ exchange: ExchangeId, body: CodeBody })

export const CodeOpenReply = z.object({ nameplate: Nameplate })
export const CodeKnockReply = z.object({ exchange: ExchangeId })

/** Tracker to page, event `code`. `knock` goes to who has the mailbox; `ended`: the other side has gone. */
export const CodeDelivery = z.discriminatedUnion('type', [
  z.object({ type: z.literal('knock'), nameplate: Nameplate, exchange: ExchangeId, body: CodeBody }),
  z.object({ type: z.literal('said'), exchange: ExchangeId, body: CodeBody }),
  z.object({ type: z.literal('ended'), exchange: ExchangeId }),
])

export type Nameplate = z.infer<typeof Nameplate>
export type ExchangeId = z.infer<typeof ExchangeId>
export type CodeOpenRequest = z.infer<typeof CodeOpenRequest>
export type CodeCloseRequest = z.infer<typeof CodeCloseRequest>
export type CodeKnockRequest = z.infer<typeof CodeKnockRequest>
export type CodeSayRequest = z.infer<typeof CodeSayRequest>
export type CodeOpenReply = z.infer<typeof CodeOpenReply>
export type CodeKnockReply = z.infer<typeof CodeKnockReply>
export type CodeDelivery = z.infer<typeof CodeDelivery>
