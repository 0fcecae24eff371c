// The end of a ZIP of 65,535 files or more. client-zip 2.5.1 writes the longer form (Zip64) for sizes alone, and without
// it other programs stop at the 65,535th file. Knows nothing of what is in the ZIP.

const MOST_FILES = 65_535
const END = 0x06054b50
const END_BYTES = 22
const LONG_END = 0x06064b50
const LONG_END_BYTES = 56
const LONG_END_PLACE = 0x07064b50
const LONG_END_PLACE_BYTES = 20
/** 4.5, the first that knows Zip64. */
const ZIP_VERSION = 45

/** Bytes that `withFullEnding` adds where sizes do not ask for the longer form already. */
export const FULL_ENDING_BYTES = LONG_END_BYTES + LONG_END_PLACE_BYTES

export const needsFullEnding = (fileCount: number): boolean => fileCount >= MOST_FILES

/** Passes a ZIP on. Puts the longer form before its end, unless it is there. */
export function withFullEnding(fileCount: number): TransformStream<Uint8Array, Uint8Array> {
  let at = 0
  let held: Uint8Array | undefined
  return new TransformStream({
    transform(piece, controller) {
      if (held) controller.enqueue(held)
      at += held?.length ?? 0
      held = piece
    },
    flush(controller) {
      if (!held) return
      const end = new DataView(held.buffer, held.byteOffset, held.byteLength)
      // With the longer form, the last piece begins with it, or the directory has no place of 32 bits.
      const isShort =
        held.length === END_BYTES && end.getUint32(0, true) === END && end.getUint32(16, true) < 2 ** 32 - 1
      if (isShort) controller.enqueue(fullEnding(fileCount, end.getUint32(12, true), end.getUint32(16, true), at))
      controller.enqueue(held)
    },
  })
}

/** `at`: where it begins. The directory's place and length are in bytes. */
function fullEnding(fileCount: number, directoryBytes: number, directoryAt: number, at: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(FULL_ENDING_BYTES))
  view.setUint32(0, LONG_END, true)
  view.setBigUint64(4, BigInt(LONG_END_BYTES - 12), true)
  view.setUint16(12, ZIP_VERSION, true)
  view.setUint16(14, ZIP_VERSION, true)
  view.setBigUint64(24, BigInt(fileCount), true)
  view.setBigUint64(32, BigInt(fileCount), true)
  view.setBigUint64(40, BigInt(directoryBytes), true)
  view.setBigUint64(48, BigInt(directoryAt), true)
  view.setUint32(LONG_END_BYTES, LONG_END_PLACE, true)
  view.setBigUint64(LONG_END_BYTES + 8, BigInt(at), true)
  view.setUint32(LONG_END_BYTES + 16, 1, true)
  return new Uint8Array(view.buffer)
}
