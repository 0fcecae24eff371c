// Settings to start from, each with another term that sets the pace. Computes nothing.
import { KNOWN_FIGURE, type TheoryState } from './theory-state'

export type Preset = { name: string; means: string; state: TheoryState }

const { mode, picker, choker, seed } = KNOWN_FIGURE
const rules = { mode, picker, choker, seed }

export const PRESETS: readonly Preset[] = [
  {
    name: 'Textbook',
    means: 'The course book’s figure: F/u = 1 hour, the server ten times as fast.',
    state: KNOWN_FIGURE,
  },
  {
    name: 'Home',
    means: 'Twenty homes and a sender like them: 10 Mbit/s up, 50 Mbit/s down.',
    state: {
      ...rules,
      fileBytes: 500_000_000,
      serverUpload: 1_250_000,
      classes: [{ count: 20, up: 1_250_000, down: 6_250_000 }],
    },
  },
  {
    name: 'Data centre',
    means: 'Fifty machines and a server at 10 Gbit/s, both ways.',
    state: {
      ...rules,
      fileBytes: 5_000_000_000,
      serverUpload: 1_250_000_000,
      classes: [{ count: 50, up: 1_250_000_000, down: 1_250_000_000 }],
    },
  },
  {
    name: 'One slow phone',
    means: 'Nine fast peers, and one that downloads at 100 kB/s.',
    state: {
      ...rules,
      fileBytes: 108_000_000,
      serverUpload: 1_000_000,
      classes: [
        { count: 9, up: 300_000, down: 3_000_000 },
        { count: 1, up: 30_000, down: 100_000 },
      ],
    },
  },
]
