// Hashes away from the window. Knows nothing of files or progress.
import { answerCalls } from '../workers/worker-calls'
import { digestRun } from './digest-run'

const methods = { digestRun }
export type HashingMethods = typeof methods
answerCalls(methods)
