// What a page sees of the teacher's laboratory: plain data. Knows nothing of how it comes about.
import type { Participant } from '@swarmdrop/core/signaling'
import type { ComparedSimulations } from './comparison'
import type { Room } from './host-room'
import type { LobbyMember } from './lobby'
import type { ReachView } from './reach-board'
import type { LabResult } from './results'
import type { RunView } from './run-view'
import { firstSettings, type LabSettings } from './settings'

/** More than this, and the connections of one page do not suffice for a swarm worth the name. */
export const MAX_PAGE_PEERS = 30

/** More would take a lesson's time. */
export const MAX_REPEATS = 30

export type LabPhase = 'setup' | 'connecting' | 'running' | 'done' | 'failed'

export type LabSnapshot = {
  room: Room
  /** Newcomers are not let in. */
  isLocked: boolean
  participants: Participant[]
  /** Who was sent out of the room. */
  removed: Participant[]
  /** Participants and the host's own peers, with their marks. */
  lobby: LobbyMember[]
  /** Peers that live at the host. */
  pagePeers: number
  /** Peers that would take part now. */
  peerCount: number
  settings: LabSettings
  fileName: string | undefined
  phase: LabPhase
  /** Why it failed, or cannot begin, in a sentence. */
  problem: string | undefined
  /** The run under way, or the last one. */
  run: RunView | undefined
  /** How many times each run is made. */
  repeats: number
  /** Which of how many, and how long it was about to take with all that follow; undefined where nothing has begun. */
  step: { at: number; of: number; secondsLeft: number } | undefined
  /** What the settings are compared with; undefined: with nothing. */
  compared: LabSettings | undefined
  /** Of the two that are compared. */
  simulations: ComparedSimulations | undefined
  /** What this device can carry between peers of its page, in bytes a second; undefined until it was tried. */
  capacity: number | undefined
  /** It is being tried. */
  isTrying: boolean
  /** Who reaches whom, where that was asked. */
  reach: ReachView | undefined
  results: readonly LabResult[]
  /** What the session of these results is called; empty: nothing. */
  sessionName: string
}

export const firstSnapshot: LabSnapshot = {
  room: { state: 'none' },
  isLocked: false,
  participants: [],
  removed: [],
  lobby: [],
  pagePeers: 0,
  peerCount: 0,
  settings: firstSettings,
  fileName: undefined,
  phase: 'setup',
  problem: undefined,
  run: undefined,
  repeats: 1,
  step: undefined,
  compared: undefined,
  simulations: undefined,
  capacity: undefined,
  isTrying: false,
  reach: undefined,
  results: [],
  sessionName: '',
}
