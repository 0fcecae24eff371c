// Reads a stretch of a Blob, all of it or nothing. Knows nothing of files or chunks.

const UNREADABLE = 'UnreadableBlob'

/** Bytes [start, end). Rejects with an error that `isUnreadable` when the file behind the Blob is gone or changed. */
export async function readSlice(blob: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await blob
    .slice(start, end)
    .arrayBuffer()
    .catch((cause: Error) => {
      throw unreadable(cause.message)
    })
  // A browser that does not notice that a file was cut short gives fewer bytes.
  if (bytes.byteLength !== end - start) throw shorterThanItWas()
  return new Uint8Array(bytes)
}

/** Whether the last byte can be read, which tells both a Blob whose file is gone and one whose file was cut short. */
export const isReadableToItsEnd = (blob: Blob): Promise<boolean> =>
  readSlice(blob, Math.max(0, blob.size - 1), blob.size).then(
    () => true,
    () => false,
  )

/** Whether an error says so by its name: one that comes from a worker has lost its class. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && error.name === UNREADABLE
}

export function unreadable(message: string): Error {
  return Object.assign(new Error(message), { name: UNREADABLE })
}

export const shorterThanItWas = () => unreadable('The file is shorter than it was.')
