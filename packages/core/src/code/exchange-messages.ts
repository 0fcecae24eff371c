// What two sides say to each other about one code, in the four messages of an exchange: shapes and sizes. Knows nothing
// of keys.
import * as z from 'zod/mini'
import { Nonce, Proof, Share } from './pact-bytes'

/** The longest link as it travels, and the longest sealed link, in base64url. */
export const MAX_LINK_CHARACTERS = 1_024
const MAX_SEALED_LINK_CHARACTERS = 1_500

/** `wrong-code`: these are not the words; `used-up`: too many have tried wrong ones, and the code is no more. */
const Refused = z.strictObject({ refused: z.enum(['wrong-code', 'used-up']) })

/** First, who asks. */
export const Knock = z.strictObject({ nonce: Nonce })
/** Second, who offers. */
export const Answer = z.union([z.strictObject({ nonce: Nonce, share: Share }), Refused])
/** Third, who asks: that is the guess. */
export const Guess = z.strictObject({ share: Share, proof: Proof })
/** Fourth, who offers, if it was right. */
export const Gift = z.union([
  z.strictObject({ proof: Proof, sealed: z.string().check(z.maxLength(MAX_SEALED_LINK_CHARACTERS)) }),
  Refused,
])

export type CodeRefusal = z.infer<typeof Refused>['refused']

/** Reads a message of the given shape; undefined for anything else. Never throws. */
export function readMessage<T>(
  schema: { safeParse(value: unknown): { data?: T | undefined } },
  body: string,
): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
