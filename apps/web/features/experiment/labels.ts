// What the parts of an experiment are called within a sentence, on every page, and what the textbook's words mean.
// Draws nothing.
import type { ChokerPolicy, PickerPolicy } from '@swarmdrop/core'
import type { Behaviour, Mode } from '@swarmdrop/core/simulation'

export const MODE_WORDS: Record<Mode, string> = { p2p: 'peer-to-peer', 'client-server': 'client-server' }

export const PICKER_WORDS: Record<PickerPolicy, string> = {
  'rarest-first': 'rarest first',
  random: 'random',
  sequential: 'in file order',
}

export const CHOKER_WORDS: Record<ChokerPolicy, string> = {
  'tit-for-tat': 'tit for tat',
  'round-robin': 'in turn',
  everyone: 'no choking',
}

export const BEHAVIOUR_WORDS: Record<Behaviour, string> = {
  normal: 'normal',
  'free-rider': 'free rider',
  'leave-when-complete': 'leaves when done',
  'claims-all': 'claims all chunks',
  'sends-bad-chunks': 'sends bad chunks',
}

export const MEANS = {
  mode: 'Peer-to-peer: everyone who has a chunk (a piece of the file) passes it on. Client-server: only the server sends.',
  picker: 'Which chunk a peer asks for next. Rarest first: the one that the fewest neighbours hold.',
  choker:
    'Who a peer uploads to. Tit for tat: those who send it most, and one chosen at random. The others are choked: they wait.',
  behaviour:
    'A free rider uploads nothing. The last two lie: they claim to have all chunks, but send none, or bad ones.',
  seed: 'Starts the random numbers: the same seed gives the same run on any computer.',
} as const
