// Whether a content is too large to be kept in memory. Knows nothing of chunks.
import { StoreError, type StoreFault } from '@swarmdrop/core'
import { inWords } from './space'

/** 1 GiB: more than this, and a tab that holds it all in memory is likely to be killed half-way. */
const MAX_MEMORY_BYTES = 2 ** 30

/** Why so many bytes cannot be kept; undefined: they can. `why`: what is the matter with storage. */
export function memoryProblem(bytes: number, why?: StoreFault): StoreError | undefined {
  if (bytes <= MAX_MEMORY_BYTES) return undefined
  const bounds = `up to ${inWords(MAX_MEMORY_BYTES)}, and this is ${inWords(bytes)}.`
  return new StoreError(
    'no-space',
    why === 'refused'
      ? `Your browser blocks storage for this site, so the file must stay in memory: ${bounds} Allow cookies for this site and ` +
          'reload the page, or open the link in another browser.'
      : `This browser keeps the file in memory here, ${bounds} Open the link over HTTPS, in another browser, or outside a private window.`,
  )
}
