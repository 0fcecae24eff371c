// What is remembered of a transfer beyond its visit, and how it is read back: whatever is stored may be of another
// version, or damaged. Knows nothing of where it is stored.
import * as z from 'zod/mini'

const size = z.number().check(z.gte(0))
const shared = {
  /** The link's 43 characters. */
  id: z.string().check(z.regex(/^[\w-]{43}$/)),
  name: z.string(),
  bytes: size,
  /** When it was last open, in milliseconds since 1970. */
  openedAtMs: size,
}

const Received = z.object({
  ...shared,
  role: z.literal('receiver'),
  /** Where its chunks are: at their places in a file, or one by one in a database. */
  place: z.enum(['files', 'database']),
  stage: z.enum(['fetching', 'paused', 'complete']),
  /** About: a page that goes suddenly has no time to say how far it was. */
  heldBytes: size,
  /** All of it is in a file that the person chose: this copy is a second one, for certain. */
  saved: z.boolean(),
  /** The files that are fetched, a bit each; absent: all. */
  chosen: z.optional(z.custom<Uint8Array>((stored) => stored instanceof Uint8Array)),
  /** Which chunks have a place in its file, in this order, and how much that takes; absent: all in theirs. */
  placed: z.optional(z.object({ runs: z.array(z.tuple([size, size])), bytes: size })),
  /** All of it was handed to the browser as a download: whether it arrived, nobody tells. */
  handedOver: z.optional(z.boolean()),
  /** The content was fetched beyond a gate, and is passed on by no link alone. */
  locked: z.optional(z.boolean()),
})

const Shared = z.object({
  ...shared,
  role: z.literal('sender'),
  /** The content is one file, not in a folder. */
  lone: z.boolean(),
  /** The handles by which the runtime finds the files again; empty where it gave none. */
  handles: z.array(z.unknown()),
})

const Kept = z.discriminatedUnion('role', [Received, Shared])
export type KeptReceived = z.infer<typeof Received>
export type KeptShared = z.infer<typeof Shared>
export type KeptTransfer = z.infer<typeof Kept>

/** A record as it was stored; undefined for what is no record. */
export function readTransfer(stored: unknown): KeptTransfer | undefined {
  const transfer = Kept.safeParse(stored).data
  if (transfer?.role !== 'receiver' || !transfer.saved || transfer.handedOver !== undefined) return transfer
  // Written before the two were told apart: it may have been no more than handed over.
  return { ...transfer, saved: false, handedOver: true }
}

/**
 * The space that a transfer takes of the disk. Files take the whole of what is chosen at the beginning; a database
 * grows.
 */
export function takenBytes(transfer: KeptTransfer): number {
  if (transfer.role === 'sender') return 0
  return transfer.place === 'files' ? (transfer.placed?.bytes ?? transfer.bytes) : transfer.heldBytes
}

/** The space that these transfers take together. */
export const takenByAll = (transfers: readonly KeptTransfer[]): number =>
  transfers.reduce((sum, transfer) => sum + takenBytes(transfer), 0)

export const latestFirst = (a: KeptTransfer, b: KeptTransfer) => b.openedAtMs - a.openedAtMs
