// What the teacher's page and a student's say to each other to find out who reaches whom. Knows nothing of runs.
import { encodeBase64url, parseLinkId } from '@swarmdrop/core'
import * as z from 'zod/mini'
import type { Way } from '../ports'

const ways = ['direct', 'turn', 'server'] as const satisfies readonly Way[]

/** The most neighbours that are reported: more than a page connects to. */
export const MOST_REACHED = 64

const MAX_CHECK_ID = 40
/** The most characters of an id that the tracker gives, and the most ids that one page tells of itself. */
const MAX_PEER_ID = 22
const MAX_OWN_IDS = 4
/** The characters of a content's id. */
const CONTENT_CHARACTERS = 43

const CheckId = z.string().check(z.minLength(1), z.maxLength(MAX_CHECK_ID))
export const PeerId = z.string().check(z.maxLength(MAX_PEER_ID))
export const PeerIds = z.array(PeerId).check(z.maxLength(MAX_OWN_IDS))

/** A message to each that takes part: meet in the swarm of this content, of which there is nothing to fetch. */
export const ReachRequest = z.object({
  type: z.literal('reach'),
  check: CheckId,
  content: z.string().check(z.maxLength(CONTENT_CHARACTERS)),
})
export const ReachOver = z.object({ type: z.literal('reach-over'), check: CheckId })
/** Whom a page has reached so far, by the tracker's ids; `ids`: its own. */
export const ReachReport = z.object({
  type: z.literal('reached'),
  check: CheckId,
  ids: PeerIds,
  reached: z.array(z.tuple([PeerId, z.enum(ways)])).check(z.maxLength(MOST_REACHED)),
})

export type ReachRequest = z.infer<typeof ReachRequest>
export type ReachReport = z.infer<typeof ReachReport>

export const reachRequest = (check: string, content: Uint8Array): ReachRequest => ({
  type: 'reach',
  check,
  content: encodeBase64url(content),
})

/** The id of the content to meet in; undefined where it is none. */
export function contentToMeetIn({ content }: ReachRequest): Uint8Array | undefined {
  const parsed = parseLinkId(content)
  return parsed.ok ? parsed.id : undefined
}
