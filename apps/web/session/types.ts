// What a page draws of one transfer, and what it may order. Snapshots go up, commands go down.
import type { Binding, ChunkMap, FileEntry, ReportedRate, NeighbourSnapshot as SwarmNeighbour } from '@swarmdrop/core'

export type { ChunkMap }

export type Phase = 'connecting' | 'metadata' | 'ready' | 'downloading' | 'paused' | 'complete' | 'failed'

/** One neighbour: a person connected to this tab in this swarm. `number` is for colour and label ("Person 3"). */
export type NeighbourSnapshot = Omit<SwarmNeighbour, 'snubbed'>

/** How long theory says that it must take at least, and from what. The mean and the least are over those who download. */
export type DistributionBounds = {
  p2pSeconds: number
  clientServerSeconds: number
  /** What sets the time of the peer-to-peer bound. */
  binding: Binding
  /** How many times as long client-server takes at least: as what was measured once all have it, before that as the bound. */
  speedUp: number
  fileBytes: number
  serverUploadBytesPerSecond: number
  meanUploadBytesPerSecond: number
  /** Absent: nobody's is known. */
  slowestDownloadBytesPerSecond?: number
}

/** How long it takes until all who are here have it, by what this tab and its neighbours report of themselves. */
export type Distribution = {
  phase: 'waiting' | 'running' | 'done'
  /** Downloads that have begun: theory's N. */
  count: number
  /** From the first start until now, or until the last one had it. */
  measuredSeconds?: number
  /** From the first start to the last one. Theory lets all begin together. */
  startSpreadSeconds?: number
  bounds?: DistributionBounds
  /** Why there are no bounds: nobody had it from the start, no speed is known, or a limit of 0 lets nothing through. */
  missing?: 'server' | 'speeds' | 'flow'
  /** Those who have said anything. `number`: as of the neighbour; 0 is this tab. */
  people: { number: number; role: 'server' | 'downloader'; upload: ReportedRate; download: ReportedRate }[]
}

/**
 * Where a receiver's chunks are. `kept`: on this device, beyond this page. `beside-another-tab`: another tab keeps them, and
 * this one has a copy of its own that goes with it. `while-open`: this browser keeps nothing.
 */
export type Keeping = 'kept' | 'beside-another-tab' | 'while-open'

/** Plain JSON: what `window.swarmdrop.snapshot()` gives for each session. */
export type SessionSnapshot = {
  link: string
  role: 'sender' | 'receiver'
  phase: Phase
  /** Why it failed, or what it waits for, in a sentence for the person; absent when there is nothing to say. */
  problem?: string
  /** The tracker introduces people; data does not pass through it. */
  tracker: 'connecting' | 'online' | 'offline'
  name: string
  bytes: number
  files: FileEntry[]
  chunkCount: number
  chunksHeld: number
  /** Absent: nothing is stored yet. */
  keeping?: Keeping
  /** Chunks that an earlier page had left here, proved anew; absent: none. */
  chunksRestored?: number
  uploadedBytes: number
  downloadedBytes: number
  uploadRate: number
  downloadRate: number
  /** At the present rate; absent while it cannot be told. */
  secondsLeft?: number
  /** Bytes a second; absent: none. */
  uploadLimit?: number
  downloadLimit?: number
  /** Whether there is a server that hides addresses, and whether nothing goes but through it; absent: there is none. */
  relay?: 'available' | 'only'
  /** People in the swarm by the tracker's count, this tab included; 0 before it has said. */
  swarmSize: number
  neighbours: NeighbourSnapshot[]
  distribution: Distribution
}

/** One file's swarm as a page sees it. Made by `openLink` or `share`; lives until `close`. */
export interface Session {
  subscribe(onChange: () => void): () => void
  getSnapshot(): SessionSnapshot
  /** Drawn straight to a canvas, not through React; undefined until the manifest is known. */
  chunkMap(): ChunkMap | undefined
  download(): void
  pause(): void
  resume(): void
  /** Bytes a second; undefined: none. */
  setLimits(limits: { upload: number | undefined; download: number | undefined }): void
  /** Connects anew, and from now on through a relay alone, so that nobody else sees this address; or directly again. */
  setRelayOnly(relayOnly: boolean): void
  /** The whole content: one file as it is, several as a ZIP with their folders. Complete sessions only. */
  save(): Promise<void>
  saveFile(index: number): Promise<void>
  /** As `save`, into a file that the person is asked for. Absent where the browser cannot. */
  readonly saveTo?: (() => Promise<'saved' | 'cancelled'>) | undefined
  /** To look at the start while the rest comes. Absent where all is here from the start; once fetching has begun. */
  readonly front?: () => Promise<{ grow(): Promise<Blob>; stop(): void }>
  /** Leaves the swarm. What is kept stays for the next time that the link is opened; the rest is freed. */
  close(): void
  /** Leaves the swarm and deletes what is kept. */
  forget(): Promise<void>
}

/** What an earlier page has left here is proved before anything else. */
export type CheckingProgress = { checkedChunks: number; chunkCount: number }

export type HashingProgress = { hashedBytes: number; totalBytes: number }
