// What the teacher's page and a student's tell each other through the room, as JSON. The tracker carries it unread;
// here it is checked as it comes in. Knows nothing of sockets.
import {
  type Content,
  contentFromManifest,
  decodeBase64url,
  encodeBase64url,
  formatLinkId,
  isHashPage,
  type NeighbourSnapshot,
  parseLinkId,
} from '@swarmdrop/core'
import { MAX_PARTICIPANTS } from '@swarmdrop/core/signaling'
import * as z from 'zod/mini'
import type { RunContent } from './lab-data'
import { PeerId, PeerIds, ReachOver, ReachReport, ReachRequest } from './reach-messages'
import { stages } from './run-events'

/** What a peer of a run says of itself at this moment. */
export type PeerStatus = {
  ids: string[]
  /** A bit a chunk. */
  held: Uint8Array
  uploadedBytes: number
  downloadedBytes: number
  /** How long blocks that were asked of it have waited for its upload limit, and for nothing else. */
  limitedMs: number
  neighbours: NeighbourSnapshot[]
}

const MAX_TEXT = 65_536
/** The most characters of a reason for the person. */
export const MAX_REASON = 500
const MAX_ID = 40
const MAX_NAME = 80
const MAX_PAGES = 4
const MAX_WANTS = 50
const MAX_LINKS = 200
/** The characters of a bit for each of the most chunks that a run may have, in base64url. */
const MAX_HELD = 1_400
/** A full room, the page's own peers and the server. */
const MAX_SUMMARIES = MAX_PARTICIPANTS + 31

const Id = z.string().check(z.maxLength(MAX_ID))
const RunId = z.string().check(z.minLength(1), z.maxLength(MAX_ID))
const Name = z.string().check(z.maxLength(MAX_NAME))
const Text = z.string().check(z.maxLength(MAX_TEXT))
const ShortText = z.string().check(z.maxLength(MAX_REASON))
/** An amount; nothing here is counted any further. */
const amount = z.number().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER))
const share = z.number().check(z.gte(0), z.lte(1))

export const ParticipantSummary = z.object({
  id: Id,
  name: Name,
  /** The mark by which it is known in every picture; 0: the server. */
  mark: z.int().check(z.gte(0)),
  ids: PeerIds,
  stage: z.enum(stages),
  /** How many chunks it holds. */
  held: amount,
  /** Milliseconds from the start until it had the file. */
  completedAfterMs: z.optional(amount),
})

export const FromHost = z.discriminatedUnion('type', [
  /** The receiver's own seat: the mark and the name by which it is known. */
  z.object({ type: z.literal('seat'), mark: z.int().check(z.gte(1)), name: Name }),
  z.object({
    type: z.literal('open'),
    run: RunId,
    /** Checked as an experiment where it is used. */
    experiment: z.unknown(),
    /** The id of the receiver's plan in it. */
    role: Id,
    /** The content's id, as in a link: manifest and pages are proved by it. */
    content: ShortText,
    manifest: Text,
    pages: z.array(Text).check(z.maxLength(MAX_PAGES)),
    wants: z.int().check(z.gte(0), z.lte(MAX_WANTS)),
    maxLinks: z.int().check(z.gte(1), z.lte(MAX_LINKS)),
    /** The run is under way since then, on the tracker's clock: fetch at once. */
    startedAtMs: z.optional(z.number()),
  }),
  z.object({ type: z.literal('start'), run: RunId, atMs: z.number() }),
  z.object({ type: z.literal('close'), run: RunId }),
  z.object({ type: z.literal('over'), run: RunId, seconds: z.nullable(amount), reason: ShortText }),
  z.object({
    type: z.literal('summary'),
    run: RunId,
    chunkCount: amount,
    members: z.array(ParticipantSummary).check(z.maxLength(MAX_SUMMARIES)),
  }),
  ReachRequest,
  ReachOver,
])

/** [id, bytes a second to it, bytes sent to it, flags] */
const NeighbourTuple = z.tuple([PeerId, amount, amount, z.int()])

export const FromParticipant = z.discriminatedUnion('type', [
  /** Said at each arrival; `run`: the swarm that it is still in. */
  z.object({ type: z.literal('hello'), run: z.optional(RunId) }),
  /** Whether its page is in sight: in one that is not, timers are slow, and a phone may send it to sleep. */
  z.object({ type: z.literal('in-sight'), inSight: z.boolean() }),
  z.object({
    type: z.literal('status'),
    run: RunId,
    ids: PeerIds,
    held: z.string().check(z.maxLength(MAX_HELD)),
    uploadedBytes: amount,
    downloadedBytes: amount,
    neighbours: z.array(NeighbourTuple).check(z.maxLength(MAX_LINKS)),
    completedAfterMs: z.optional(amount),
    // Before 2026-12 nothing was said of these two.
    limitedMs: z.optional(amount),
    /** The share of the run so far for which its page stood still. */
    stoodStillShare: z.optional(share),
  }),
  z.object({ type: z.literal('unable'), run: RunId, reason: ShortText }),
  ReachReport,
])

export type ParticipantSummary = z.infer<typeof ParticipantSummary>
export type FromHost = z.infer<typeof FromHost>
export type FromParticipant = z.infer<typeof FromParticipant>
export type OpenMessage = Extract<FromHost, { type: 'open' }>
export type StatusReport = Extract<FromParticipant, { type: 'status' }>

const CHOKING = 1
const OPTIMISTIC = 2
const COMPLETE = 4

/** A peer's report, from which the picture of the whole is drawn. */
export type Report = {
  ids: string[]
  held: Uint8Array
  uploadedBytes: number
  downloadedBytes: number
  /** How long blocks have waited for its upload limit; undefined: it does not say. */
  limitedMs?: number | undefined
  stoodStillShare?: number | undefined
  neighbours: {
    id: string
    uploadRate: number
    uploadedBytes: number
    amChoking: boolean
    optimistic: boolean
    complete: boolean
  }[]
}

export function statusMessage(
  run: string,
  status: PeerStatus,
  completedAfterMs: number | undefined,
  stoodStillShare = 0,
): StatusReport {
  const { ids, held, uploadedBytes, downloadedBytes, limitedMs, neighbours } = status
  return {
    type: 'status',
    run,
    ids,
    held: encodeBase64url(held),
    uploadedBytes,
    downloadedBytes,
    limitedMs,
    stoodStillShare,
    neighbours: neighbours.map((n) => [
      n.id,
      Math.round(n.uploadRate),
      n.uploadedBytes,
      (n.amChoking ? CHOKING : 0) | (n.optimistic ? OPTIMISTIC : 0) | (n.complete ? COMPLETE : 0),
    ]),
    ...(completedAfterMs !== undefined && { completedAfterMs }),
  }
}

export function reportOf({ held, neighbours, ...said }: StatusReport): Report {
  const { ids, uploadedBytes, downloadedBytes, limitedMs, stoodStillShare } = said
  return {
    ids,
    held: decodeBase64url(held) ?? new Uint8Array(),
    uploadedBytes,
    downloadedBytes,
    limitedMs,
    stoodStillShare,
    neighbours: neighbours.map(([id, uploadRate, sentBytes, flags]) => ({
      id,
      uploadRate,
      uploadedBytes: sentBytes,
      amChoking: (flags & CHOKING) !== 0,
      optimistic: (flags & OPTIMISTIC) !== 0,
      complete: (flags & COMPLETE) !== 0,
    })),
  }
}

export const contentMessage = ({ content, pages }: RunContent) => ({
  content: formatLinkId(content.id),
  manifest: encodeBase64url(content.manifestBytes),
  pages: pages.map((page) => encodeBase64url(page)),
})

/** The content of an open message; undefined unless manifest and pages are those that the id names. */
export function contentOfMessage(message: Pick<OpenMessage, 'content' | 'manifest' | 'pages'>): RunContent | undefined {
  const id = parseLinkId(message.content)
  const manifestBytes = decodeBase64url(message.manifest)
  if (!id.ok || !manifestBytes) return undefined
  const known = contentFromManifest(id.id, manifestBytes)
  if (!known.ok) return undefined
  const pages = message.pages.map((page) => decodeBase64url(page) ?? new Uint8Array())
  return allPages(known.content, pages) ? { content: known.content, pages } : undefined
}

const allPages = (content: Content, pages: Uint8Array[]) =>
  pages.length === content.manifest.pages.length && pages.every((page, index) => isHashPage(content, index, page))

/** JSON that is no message we know is nothing. */
export function read<T>(schema: z.ZodMiniType<T>, body: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
