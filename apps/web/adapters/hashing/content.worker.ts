// Works through long lists of files away from the window. Knows nothing of what is in them.
import { answerCalls } from '../workers/worker-calls'
import { arrange, type Built, build, type Parts } from './arrange'

const methods = {
  arrange,
  buildWithoutFiles(parts: Parts): Built {
    const { content, pages } = build(parts)
    return { content: { ...content, manifest: { ...content.manifest, files: [] } }, pages }
  },
}
export type ContentMethods = typeof methods
answerCalls(methods)
