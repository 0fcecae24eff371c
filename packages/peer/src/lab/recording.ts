// A run kept whole: who came and went, what each got and sent and whom it served, as numbers few enough to be kept with
// its result. Knows nothing of how it is made, or played.
import * as z from 'zod/mini'

/** The bytes of one unit in which it is told what was sent. */
export const SENT_UNIT_BYTES = 256
/** The numbers of one transfer: from, to, units. */
export const SENT_FIELDS = 3
/** Whose, which chunk. */
export const GAINED_FIELDS = 2

const MAX_TEXT = 4_000_000
const MAX_MOMENTS = 2_000
const MAX_NAMES = 500
const MAX_CHUNKS = 1_024
const MAX_NAME_CHARACTERS = 80

const whole = z.int().check(z.gte(0))
const Numbers = z.array(whole)
const flag = z.union([z.literal(0), z.literal(1)])
const Shape = z.object({
  /** The names of all who took part, the server first. Elsewhere a peer is its index in this list. */
  names: z.array(z.string().check(z.maxLength(MAX_NAME_CHARACTERS))).check(z.minLength(1), z.maxLength(MAX_NAMES)),
  /** The marks by which they were known in every picture, in the same order; absent in what older versions kept. */
  marks: z.optional(z.array(whole).check(z.maxLength(MAX_NAMES))),
  chunkCount: whole.check(z.lte(MAX_CHUNKS)),
  /** The moments since the start, rising. */
  atMs: z.array(whole).check(z.minLength(1), z.maxLength(MAX_MOMENTS)),
  /** The chunks that came between a moment and the one before: peer, chunk; peer, chunk; … The server holds all. */
  gained: z.array(Numbers),
  /** What was sent between a moment and the one before: from, to, units; from, to, units; … */
  sent: z.array(Numbers),
  /** Who served whom: from, to, from when, until when, and whether it was drawn by lot. */
  turns: z.array(z.tuple([whole, whole, whole, whole, flag])),
  /** When, who, and whether it came. */
  moves: z.array(z.tuple([whole, whole, flag])),
})

export type Recording = z.infer<typeof Shape>

/** The recording as text, for `readRecording`. */
export const recordingAsText = (recording: Recording): string => JSON.stringify(recording)

/** The recording in a text; undefined for what is none, or one whose parts do not fit each other. */
export function readRecording(text: string): Recording | undefined {
  if (text.length > MAX_TEXT) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { data } = Shape.safeParse(value)
  return data && isConsistent(data) ? data : undefined
}

function isConsistent({ names, chunkCount, atMs, gained, sent, turns, moves }: Recording): boolean {
  const isIndex = (index = names.length) => index < names.length
  return (
    gained.length === atMs.length &&
    sent.length === atMs.length &&
    atMs.every((at, i) => at >= (atMs[i - 1] ?? 0)) &&
    gained.every((all) =>
      every(all, GAINED_FIELDS, (i) => isIndex(all[i]) && (all[i + 1] ?? chunkCount) < chunkCount),
    ) &&
    sent.every((all) => every(all, SENT_FIELDS, (i) => isIndex(all[i]) && isIndex(all[i + 1]))) &&
    turns.every(([from, to, begin, end]) => isIndex(from) && isIndex(to) && begin <= end) &&
    moves.every(([, index]) => isIndex(index))
  )
}

/** `isRight` gets where each group of so many numbers begins. */
function every(numbers: readonly number[], fields: number, isRight: (at: number) => boolean): boolean {
  if (numbers.length % fields !== 0) return false
  for (let at = 0; at < numbers.length; at += fields) if (!isRight(at)) return false
  return true
}
