// Works through long lists of files away from the window. Knows nothing of what is in them.
import { buildContent } from '@swarmdrop/core'
import { answerCalls } from '../workers/worker-calls'
import { arrange } from './arrange'

const methods = {
  arrange,
  buildContent: (...[files, digests]: Parameters<typeof buildContent>) => buildContent(files, digests),
}
export type ContentMethods = typeof methods
answerCalls(methods)
