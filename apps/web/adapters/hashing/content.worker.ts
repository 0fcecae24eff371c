// Works through long lists of files away from the window. Knows nothing of what is in them.
import type { FileEntry } from '@swarmdrop/core/files'
import { answerCalls } from '../workers/worker-calls'
import { arrange, type Built, build, type Parts } from './arrange'

const methods = {
  arrange,
  buildWithoutFiles(parts: Parts): Built & { saysMore: boolean } {
    const { content, pages } = build(parts)
    const { manifest } = content
    return {
      content: { ...content, manifest: { ...manifest, files: [] } },
      pages,
      saysMore: manifest.files.some(hasMore),
    }
  },
}
const hasMore = ({ modified, executable }: FileEntry) => modified !== undefined || executable !== undefined

export type ContentMethods = typeof methods
answerCalls(methods)
