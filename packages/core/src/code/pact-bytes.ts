// Bytes inside the messages of a run, as base64url, of one length. Knows nothing of what they are.
import * as z from 'zod/mini'
import { decodeBase64url } from '../content/base64url'
import { PROOF_BYTES, SHARE_BYTES } from './cpace'
import { NONCE_BYTES } from './pact'

const bytesOf = (length: number) =>
  z.pipe(
    z.string().check(z.maxLength(Math.ceil((length * 4) / 3))),
    z.transform((text, context) => {
      const bytes = decodeBase64url(text)
      if (bytes?.length === length) return bytes
      context.issues.push({ code: 'custom', input: text, message: `no ${length} bytes` })
      return z.NEVER
    }),
  )

export const Nonce = bytesOf(NONCE_BYTES)
export const Share = bytesOf(SHARE_BYTES)
export const Proof = bytesOf(PROOF_BYTES)
