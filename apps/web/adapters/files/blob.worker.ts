// Puts Blobs into one away from the window. Knows nothing of what is in them.
import { answerCalls } from '../workers/worker-calls'

const methods = { join: (parts: Blob[]): Blob => new Blob(parts) }
export type BlobMethods = typeof methods
answerCalls(methods)
