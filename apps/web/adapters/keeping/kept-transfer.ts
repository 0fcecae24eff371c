// What is remembered of a transfer beyond its page, and how it is read back: whatever is stored may be of another version, or
// damaged. Knows nothing of where it is stored.
import {
  array,
  boolean,
  discriminatedUnion,
  gte,
  type infer as Infer,
  literal,
  number,
  object,
  enum as oneOf,
  regex,
  string,
  unknown,
} from 'zod/mini'

const size = number().check(gte(0))
const shared = {
  /** The link's 43 characters. */
  id: string().check(regex(/^[\w-]{43}$/)),
  name: string(),
  bytes: size,
  /** When it was last open, in milliseconds since 1970. */
  openedAtMs: size,
}

const Received = object({
  ...shared,
  role: literal('receiver'),
  /** Its chunks: in the private file system, or in the database. */
  place: oneOf(['files', 'database']),
  stage: oneOf(['fetching', 'paused', 'complete']),
  /** About: a page that goes suddenly has no time to say how far it was. */
  heldBytes: size,
  /** All of it has been saved, so this copy is a second one. */
  saved: boolean(),
})

const Shared = object({
  ...shared,
  role: literal('sender'),
  /** One file, not in a folder. */
  lone: boolean(),
  /** What the browser gave to find the files again; empty where it gave nothing. */
  handles: array(unknown()),
})

const Kept = discriminatedUnion('role', [Received, Shared])
export type KeptReceived = Infer<typeof Received>
export type KeptShared = Omit<Infer<typeof Shared>, 'handles'> & { handles: FileSystemHandle[] }
export type KeptTransfer = KeptReceived | KeptShared

/** Undefined for what is no record. */
export function readTransfer(stored: unknown): KeptTransfer | undefined {
  const parsed = Kept.safeParse(stored)
  if (!parsed.success) return undefined
  const { data } = parsed
  return data.role === 'receiver' ? data : { ...data, handles: data.handles.filter(isHandle) }
}

/** What it takes of the disk. A file's whole space is taken at its beginning; a database grows. */
export function takenBytes(transfer: KeptTransfer): number {
  if (transfer.role === 'sender') return 0
  return transfer.place === 'files' ? transfer.bytes : transfer.heldBytes
}

export const latestFirst = (a: KeptTransfer, b: KeptTransfer) => b.openedAtMs - a.openedAtMs

const isHandle = (value: unknown): value is FileSystemHandle =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value
