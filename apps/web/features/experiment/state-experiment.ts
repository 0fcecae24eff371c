// The theory page's settings as an experiment. Knows no page.
import { CHUNK_BYTES } from '@swarmdrop/core'
import type { Experiment, Mode } from '@swarmdrop/core/simulation'
import { experimentWith } from '@swarmdrop/peer/lab'
import { atBeginning } from '../ui/format'
import { MODE_WORDS } from './labels'
import { MOST_RATE } from './quantities'
import { mixFor, peerCount, type TheoryState } from './theory-state'

/**
 * The experiment as `npm run simulate` reads it: the same settings give the same run there. A file knows no “no limit”,
 * but a high one.
 */
export function experimentFor(state: TheoryState, mode: Mode, n = peerCount(state)): Experiment {
  const { seed, fileBytes, serverUpload, picker, choker } = state
  return experimentWith(
    {
      name: `${atBeginning(MODE_WORDS[mode])} with N = ${n}`,
      seed,
      fileBytes,
      chunkBytes: CHUNK_BYTES,
      serverUploadBytesPerSecond: serverUpload,
      policy: { picker, choker },
    },
    mode,
    mixFor(state.classes, n).map(({ count, up, down = MOST_RATE }) => ({
      count,
      uploadBytesPerSecond: up,
      downloadBytesPerSecond: down,
    })),
  )
}
