// What may be set for an experiment, and in which unit. Knows no field.
import { CHUNK_BYTES, MAX_CHUNKS } from '@swarmdrop/core'
import { KB_PER_SECOND, MB } from '../ui/read-number'

/** More bytes a second than any link has. */
export const MOST_RATE = 1e12

export const RANGES = {
  fileBytes: { unit: MB, least: 1e3, most: MAX_CHUNKS * CHUNK_BYTES },
  serverUpload: { unit: KB_PER_SECOND, least: 100, most: MOST_RATE },
  upload: { unit: KB_PER_SECOND, least: 0, most: MOST_RATE },
  download: { unit: KB_PER_SECOND, least: 100, most: MOST_RATE },
} as const
