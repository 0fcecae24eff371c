// The door to sessions: open a link, or share files. Knows nothing of pages.
import { buildContent, contentName, formatLinkId, parseLinkId } from '@swarmdrop/core'
import { hashFiles } from '../adapters/hashing/hash-files'
import { reopenKept } from '../adapters/keeping/keep'
import { rememberShared } from '../adapters/keeping/library'
import { type PickedFile, rootsOf } from '../adapters/picking'
import { openDatabase } from '../adapters/stores/database'
import { expectSwarm } from '../adapters/tracker-client'
import { trackerUrl } from './page-setup'
import { ReceivingSession } from './receiving'
import { SharingSession } from './sharing'
import type { CheckingProgress, HashingProgress, Session } from './types'

/** Why the fragment of a link is none, in a sentence for the person. */
export function linkProblem(fragment: string): string | undefined {
  const parsed = parseLinkId(fragment)
  return parsed.ok ? undefined : parsed.reason
}

/** Why nothing can work in this browser, in a sentence for the person. */
export function webRtcProblem(): string | undefined {
  if (typeof RTCPeerConnection !== 'undefined') return undefined
  return 'Swarmdrop connects browsers by WebRTC, which this one lacks or has switched off. Open the page in a current Chrome, Edge, Firefox or Safari.'
}

/** Begins what opening any link needs, while the page is still being put together: what is kept, a line to the tracker. */
export function expectLink(): void {
  void openDatabase()
  expectSwarm(trackerUrl())
}

/**
 * Joins the swarm of a link and looks what is in it. What an earlier page has kept of it is proved first, and goes on by itself.
 * `id`: the link's 43 characters; rejects with Error if they are none. Aborted, nothing comes of it.
 */
export async function openLink(
  id: string,
  onChecking: (progress: CheckingProgress) => void,
  signal: AbortSignal,
): Promise<Session> {
  const parsed = parseLinkId(id)
  if (!parsed.ok) throw new Error(parsed.reason)
  const kept = await reopenKept(parsed.id, (checkedChunks, chunkCount) => {
    if (!signal.aborted) onChecking({ checkedChunks, chunkCount })
  })
  if (signal.aborted) await kept?.store.close()
  signal.throwIfAborted()
  return new ReceivingSession(parsed.id, trackerUrl(), kept)
}

/** Hashes what was picked and serves it. Rejects with an Error whose message is for the person. */
export async function share(
  picked: readonly PickedFile[],
  onProgress: (progress: HashingProgress) => void,
  signal: AbortSignal,
): Promise<Session> {
  const { files, sources, digests } = await hashFiles(picked, onProgress, signal)
  const built = buildContent(files, digests)
  const { id, manifest, layout } = built.content
  void rememberShared({
    id: formatLinkId(id),
    name: contentName(manifest),
    bytes: layout.totalBytes,
    lone: files.length === 1 && files[0]?.path === contentName(manifest),
    handles: rootsOf(picked),
  })
  return new SharingSession(built, sources, digests, trackerUrl())
}
