// Bytes that are made as they are read, put where a download can read them: a scratch file where the browser can, else
// memory. Knows nothing of what they are.
import { StoreError } from '@swarmdrop/core'
import { asStoreError, FIRST_ANSWER_MS, inTime, keptVanished } from '@swarmdrop/peer/stores'
import { existingFile, hasFileSystem, privateFile } from '../stores/private-files'
import { openScratch, sweepScratch } from '../stores/scratch'
import { estimatedSpaceProblem } from '../stores/space'
import { ownTimers } from '../workers/waiting'
import { blobOf } from './whole-stream'

/** Fewer bytes than this are not worth a file. */
const SMALL_BYTES = 8_388_608

/**
 * Readable while the page is open. `make` begins again each time. Rejects with StoreError, for one where there is no
 * space.
 */
export async function scratchBlob(bytes: number, make: () => ReadableStream<Uint8Array>): Promise<Blob> {
  const canWrite = hasFileSystem() && typeof FileSystemFileHandle.prototype.createWritable === 'function'
  const scratch = canWrite && bytes > SMALL_BYTES ? await soon(openSwept()).catch(() => undefined) : undefined
  if (!scratch) return blobOf(make())
  try {
    const problem = await estimatedSpaceProblem(bytes)
    if (problem) throw problem
    const into = await (await soon(privateFile(scratch.directory, 'content'))).createWritable()
    let written = 0
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        written += piece.length
        controller.enqueue(piece)
      },
    })
    await make()
      .pipeThrough(counted)
      .pipeTo(into as WritableStream<Uint8Array>)
    const file = await (await existingFile(scratch.directory, 'content')).getFile()
    if (file.size !== written) throw keptVanished()
    // Not freed: nobody tells when the download has read it. It is swept once the page is gone.
    return file
  } catch (error) {
    await scratch.free(false)
    throw error instanceof StoreError ? error : asStoreError(error)
  }
}

async function openSwept() {
  await sweepScratch()
  return openScratch()
}

const soon = <T>(answer: Promise<T>): Promise<T> => inTime(ownTimers, FIRST_ANSWER_MS, answer)
