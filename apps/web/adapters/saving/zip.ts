// A content's files as one ZIP, made as it is read: folders kept, also empty ones, names in UTF-8, dates to the second,
// Zip64 where size or number asks for it. Knows nothing of where it goes. This part of it compresses nothing, and
// starts no worker of its own.
import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js'
import { type BytesToSave, filesWithBytes } from './files-with-bytes'
import type { Tree } from './zip-length'

const FILE_MODE = 0o644
const EXECUTABLE_MODE = 0o755
const FOLDER_MODE = 0o755
/**
 * A ZIP as a stream. Nothing is compressed: what people share is mostly compressed already. `content`: the files end to
 * end. `undated`: when to say that a file was modified which has no date.
 */
export function zipStream(tree: Tree, content: BytesToSave, undated: Date): ReadableStream<Uint8Array> {
  let fail = (_: unknown) => {}
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      fail = (error) => controller.error(error)
    },
  })
  writeTree(new ZipWriter(passing.writable, { level: 0, useWebWorkers: false }), tree, content, undated).catch(fail)
  return passing.readable
}

async function writeTree(zip: ZipWriter<unknown>, tree: Tree, content: BytesToSave, undated: Date): Promise<void> {
  for await (const { file, bytes } of filesWithBytes(tree.files, content)) {
    const { path, modified, executable } = file
    await zip.add(path, bytes, {
      lastModDate: modified === undefined ? undated : new Date(modified * 1_000),
      unixMode: executable ? EXECUTABLE_MODE : FILE_MODE,
      uncompressedSize: file.bytes,
    })
  }
  for (const path of tree.folders)
    await zip.add(`${path}/`, undefined, { directory: true, lastModDate: undated, unixMode: FOLDER_MODE })
  await zip.close()
}
