// Digests for the window where the browser has no WebCrypto. Knows nothing of chunks.

import { answerCalls } from '../workers/worker-calls'
import { sha256 } from './digest'

const methods = { sha256 }
export type DigestMethods = typeof methods
answerCalls(methods)
