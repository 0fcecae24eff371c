// Where the ZIP is made: in a scratch file where the browser can, else in memory. Knows nothing of downloads.
import { StoreError } from '@swarmdrop/core'
import { FIRST_ANSWER_MS, inTime, keptVanished, remedyOf } from '@swarmdrop/peer/stores'
import { sha256OffThread } from '../hashing/digest-off-thread'
import { existingFile, hasFileSystem } from '../stores/private-files'
import { openScratch, sweepScratch } from '../stores/scratch'
import { estimatedSpaceProblem } from '../stores/space'
import { ownTimers } from '../workers/waiting'
import { WorkerCalls } from '../workers/worker-calls'
import { ProvedBytes } from './proved-bytes'
import type { WholeChunks } from './whole-chunks'
import { blobOf } from './whole-stream'
import type { ZipMethods } from './zip.worker'
import { type Tree, zipLength } from './zip-length'
import { zipPart } from './zip-part'

/** Readable while the page is open. Rejects with StoreError when there is no space for it. */
export async function zipBlob(tree: Tree, chunks: WholeChunks, modified: Date): Promise<Blob> {
  if (hasFileSystem()) {
    try {
      return await zipOnDisk(tree, chunks, modified)
    } catch (error) {
      if (error instanceof StoreError && error.code === 'no-space') throw withWayOn(error)
      if (error instanceof StoreError && remedyOf[error.code] === 'reopen') throw error
      // Some browsers have the interface and refuse to use it, in private windows for one.
    }
  }
  const { zipStream } = await zipPart()
  return blobOf(zipStream(tree, new ProvedBytes(chunks, sha256OffThread), modified))
}

async function zipOnDisk(tree: Tree, chunks: WholeChunks, modified: Date): Promise<Blob> {
  await soon(sweepScratch())
  const problem = await estimatedSpaceProblem(zipLength(tree))
  if (problem) throw problem
  const scratch = await soon(openScratch())
  const worker = new Worker(new URL('./zip.worker.ts', import.meta.url), { type: 'module' })
  const calls = new WorkerCalls<ZipMethods>(worker)
  try {
    const bytes = await calls.call('zipTo', [scratch.directory, tree, chunks, modified])
    // Not freed: nobody tells when the download has read it. It is swept once the page is gone.
    const zip = await (await existingFile(scratch.directory, 'content')).getFile()
    if (zip.size !== bytes) throw keptVanished()
    return zip
  } catch (error) {
    await scratch.free(false)
    throw error
  } finally {
    calls.close()
  }
}

const soon = <T>(answer: Promise<T>): Promise<T> => inTime(ownTimers, FIRST_ANSWER_MS, answer)

function withWayOn({ message }: StoreError): StoreError {
  return new StoreError('no-space', `The ZIP cannot be made. ${message} Or save the files one by one.`)
}
