// All bytes of a stream. By hand: of a stream that fails, a Response's reader says in Chromium that it “failed to
// fetch”, and the cause is lost. Knows nothing of what they are.

async function piecesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = stream.getReader()
  for (let step = await reader.read(); !step.done; step = await reader.read())
    pieces.push(step.value as Uint8Array<ArrayBuffer>)
  return pieces
}

/** The whole stream as a Blob. Rejects as the stream does. */
export const blobOf = async (stream: ReadableStream<Uint8Array>): Promise<Blob> => new Blob(await piecesOf(stream))

/** The whole stream in one buffer. Rejects as the stream does. */
export const bufferOf = async (stream: ReadableStream<Uint8Array>): Promise<ArrayBuffer> =>
  (await blobOf(stream)).arrayBuffer()
