// What a page, a script or a terminal sees of one transfer: plain JSON. Knows nothing of how it comes about.
import type { StoreFault, NeighbourSnapshot as SwarmNeighbour } from '@swarmdrop/core'
import type { FileEntry } from '@swarmdrop/core/files'
import type { Binding } from '@swarmdrop/core/theory'
import type { ReportedRate } from '@swarmdrop/core/wire'
import type { Keeping } from '../library/library'
import type { TurnOutcome, Way } from '../ports'

export type Phase = 'connecting' | 'metadata' | 'ready' | 'downloading' | 'paused' | 'complete' | 'failed'

/**
 * A person connected to this peer in this swarm. `number` is for colour and label ("Person 3"); `name`: what the device
 * calls itself, by nobody's word but its own.
 */
export type NeighbourSnapshot = Omit<SwarmNeighbour, 'snubbed'> & { way: Way; name?: string }

/**
 * How long theory says that it must take at least, and from what. The mean and the least are over those who download.
 */
export type DistributionBounds = {
  p2pSeconds: number
  clientServerSeconds: number
  /** The term that sets the time of the peer-to-peer bound. */
  binding: Binding
  /**
   * How many times as long client-server takes at least: as what was measured once all have it, before that as the
   * bound.
   */
  speedUp: number
  fileBytes: number
  serverUploadBytesPerSecond: number
  meanUploadBytesPerSecond: number
  /** Absent: nobody's is known. */
  slowestDownloadBytesPerSecond?: number
}

/** How long it takes until all who are here have it, by what this peer and its neighbours report of themselves. */
export type Distribution = {
  phase: 'waiting' | 'running' | 'done'
  /** Downloads that have begun: theory's N. */
  count: number
  /** Seconds from the first start until now, or until the last person had it. */
  measuredSeconds?: number
  /** Seconds from the first start to the last one. Theory lets all begin together. */
  startSpreadSeconds?: number
  bounds?: DistributionBounds
  /** Why there are no bounds: nobody had it from the start, no speed is known, or a limit of 0 lets nothing through. */
  missing?: 'server' | 'speeds' | 'flow'
  /** Everybody who has said anything. `number`: the neighbour's; 0 is this peer. */
  people: {
    number: number
    role: 'server' | 'downloader'
    upload: ReportedRate
    download: ReportedRate
    /** Seconds from this person's start until it had all; absent: it has not, or had it from the start. */
    tookSeconds?: number
  }[]
}

/** What `window.swarmdrop.snapshot()` gives for each transfer of a page. */
export type TransferSnapshot = {
  link: string
  role: 'sender' | 'receiver'
  phase: Phase
  /** Why it failed, or what it waits for, in a sentence for the person; absent when there is nothing to say. */
  problem?: string
  /** The fault of what keeps its bytes, where `problem` is about that. */
  fault?: StoreFault
  /** The tracker introduces people. Data passes through it, sealed, only to neighbours whose `way` is `server`. */
  tracker: 'connecting' | 'online' | 'offline'
  name: string
  bytes: number
  files: FileEntry[]
  /** The folders that hold nothing. */
  folders: string[]
  chunkCount: number
  chunksHeld: number
  /**
   * How many files are fetched, how many chunks will be held once they are here, and their bytes: all, unless a part
   * was chosen.
   */
  filesChosen: number
  chunksChosen: number
  bytesChosen: number
  /** Absent: nothing is stored yet. */
  keeping?: Keeping
  /** Why what is received is not kept beyond this visit; absent: it is, or that is not known. */
  notKept?: StoreFault
  /**
   * All that is chosen: `handed-over` to the browser, which does not tell whether it arrived; `saved` in a file that
   * the person chose.
   */
  saved?: 'handed-over' | 'saved'
  /**
   * Copies that would make room for this one, where there is none, if the person agrees: each was handed to the
   * browser.
   */
  couldGo?: { name: string; bytes: number }[]
  /** Nothing is passed on, as the person wishes. */
  receiveOnly?: true
  /** Chunks that an earlier visit had left here, proved again; absent: none. */
  chunksRestored?: number
  uploadedBytes: number
  downloadedBytes: number
  uploadRate: number
  downloadRate: number
  /** Seconds that are left at the present rate; absent while that cannot be told. */
  secondsLeft?: number
  /** Bytes a second; absent: none. */
  uploadLimit?: number
  downloadLimit?: number
  /** Whether a server hides addresses (`available`), and everything goes through it (`only`); absent: there is none. */
  relay?: 'available' | 'only'
  /**
   * `set`: all who connect must know it. Of a receiver that is connected to nobody: `needed`, by those who are there;
   * `wrong`: ours is not theirs; `busy`: too many wrong ones were tried with them; `none`: they ask for none. Absent:
   * the link is enough.
   */
  password?: 'set' | 'needed' | 'wrong' | 'busy' | 'none'
  /**
   * How TURN servers answered when they were asked last for an address; absent: there is none, or it is too early to
   * say.
   */
  turn?: TurnOutcome
  /**
   * People in the swarm as far as is known, this peer included, connected to us or not; 0 before the tracker has said.
   */
  swarmSize: number
  /** Why nobody is connected though somebody is there, in a sentence for the person; absent where that is not so. */
  connectionProblem?: string
  neighbours: NeighbourSnapshot[]
  /** The neighbours who pass on what they hold have every chunk between them: this peer can go. */
  othersHoldAll: boolean
  distribution: Distribution
}
