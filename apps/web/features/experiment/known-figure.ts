// The known figure of an experiment: its bounds over N, everything else as it is. Draws nothing.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { capacitiesOf, type Experiment } from '@swarmdrop/core/simulation'
import { type FigurePoint, figure, sizesUpTo } from '@swarmdrop/core/theory'

export function figureOf(experimentFor: (n: number) => Experiment, largest: number): FigurePoint[] {
  const { chunkBytes = CHUNK_BYTES } = experimentFor(largest)
  return figure((n) => capacitiesOf(experimentFor(n)), sizesUpTo(largest), chunkBytes)
}
