// The door to sessions: open a link, or share files. Knows nothing of pages.
import { buildContent, parseLinkId } from '@swarmdrop/core'
import { hashFiles } from '../adapters/hashing/hash-files'
import type { PickedFile } from '../adapters/picking'
import { trackerUrl } from './page-setup'
import { ReceivingSession } from './receiving'
import { SharingSession } from './sharing'
import type { HashingProgress, Session } from './types'

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

/** Joins the swarm of a link and looks what is in it. `id`: the link's 43 characters; throws Error if they are none. */
export function openLink(id: string): Session {
  const parsed = parseLinkId(id)
  if (!parsed.ok) throw new Error(parsed.reason)
  return new ReceivingSession(parsed.id, trackerUrl())
}

/** Hashes what was picked and serves it. Rejects with an Error whose message is for the person. */
export async function share(
  picked: readonly PickedFile[],
  onProgress: (progress: HashingProgress) => void,
  signal: AbortSignal,
): Promise<Session> {
  const { files, sources, digests } = await hashFiles(picked, onProgress, signal)
  return new SharingSession(buildContent(files, digests), sources, digests, trackerUrl())
}
