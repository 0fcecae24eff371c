// Digests for the window where the browser has no WebCrypto. Knows nothing of chunks.
import { sha256 } from './digest'
import { answerCalls } from './worker-calls'

const methods = { sha256 }
export type DigestMethods = typeof methods
answerCalls(methods)
