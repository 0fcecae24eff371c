// The quantities of an experiment: what each is called and means, its unit, and what it may be. Knows no field.
import { CHUNK_BYTES, MAX_CHUNKS } from '@swarmdrop/core'
import { KB_PER_SECOND, MB } from '../ui/read-number'

/** The most bytes a second: more than any link has. */
export const MOST_RATE = 1e12

export const QUANTITIES = {
  fileBytes: {
    label: 'File size',
    means: 'The size of the file that everybody wants.',
    unit: MB,
    least: 1e3,
    most: MAX_CHUNKS * CHUNK_BYTES,
  },
  serverUpload: {
    label: 'Server’s upload',
    means: 'How fast the server, the sender who has the whole file at the start, can upload.',
    unit: KB_PER_SECOND,
    least: 100,
    most: MOST_RATE,
  },
  upload: {
    label: 'Each peer’s upload',
    means: 'How fast each peer can upload. A peer downloads the file and passes on the chunks it has.',
    unit: KB_PER_SECOND,
    least: 0,
    most: MOST_RATE,
  },
  download: {
    label: 'Each peer’s download',
    means: 'How fast each peer can download.',
    unit: KB_PER_SECOND,
    least: 100,
    most: MOST_RATE,
  },
} as const
