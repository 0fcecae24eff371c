// What a page draws of one transfer, and what it may order. Snapshots go up, commands go down.
import type { ChunkMap, FileEntry, NeighbourSnapshot as SwarmNeighbour } from '@swarmdrop/core'

export type { ChunkMap }

export type Phase = 'connecting' | 'metadata' | 'ready' | 'downloading' | 'paused' | 'complete' | 'failed'

/** One neighbour: a person connected to this tab in this swarm. `number` is for colour and label ("Person 3"). */
export type NeighbourSnapshot = Omit<SwarmNeighbour, 'snubbed'>

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
  uploadedBytes: number
  downloadedBytes: number
  uploadRate: number
  downloadRate: number
  /** At the present rate; absent while it cannot be told. */
  secondsLeft?: number
  /** Bytes a second; absent: none. */
  uploadLimit?: number
  downloadLimit?: number
  /** People in the swarm by the tracker's count, this tab included; 0 before it has said. */
  swarmSize: number
  neighbours: NeighbourSnapshot[]
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
  /** The whole content: one file as it is, several as a ZIP with their folders. Complete sessions only. */
  save(): Promise<void>
  saveFile(index: number): Promise<void>
  /** Leaves the swarm and frees what is held. */
  close(): void
}

export type HashingProgress = { hashedBytes: number; totalBytes: number }
