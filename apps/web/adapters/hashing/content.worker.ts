// Works through long lists of files away from the window. Knows nothing of what is in them.
import { buildContent, type FileEntry } from '@swarmdrop/core'
import { answerCalls } from '../workers/worker-calls'
import { arrange } from './arrange'

const methods = {
  arrange,
  buildWithoutFiles(files: readonly FileEntry[], digests: Uint8Array): ReturnType<typeof buildContent> {
    const { content, pages } = buildContent(files, digests)
    return { content: { ...content, manifest: { ...content.manifest, files: [] } }, pages }
  },
}
export type ContentMethods = typeof methods
answerCalls(methods)
