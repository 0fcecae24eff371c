// What a page sees of the teacher's laboratory: plain data. Knows nothing of how it comes about.
import type { Participant } from '@swarmdrop/core/signaling'
import type { ComparedSimulations } from './comparison'
import type { Room } from './host-room'
import type { LobbyParticipant } from './lobby'
import type { ReachView } from './reach-board'
import type { LabResult } from './results'
import type { RunView } from './run-view'
import { firstSettings, type LabSettings } from './settings'

/** The most peers of one page: with more, its connections do not suffice for a swarm worth the name. */
export const MAX_PAGE_PEERS = 30

/** The most repeats: more would take a lesson's time. */
export const MAX_REPEATS = 30

export type LabPhase = 'setup' | 'connecting' | 'running' | 'done' | 'failed'

export type LabSnapshot = {
  room: Room
  /** Newcomers are not let in. */
  isLocked: boolean
  participants: Participant[]
  /** The participants who were sent out of the room. */
  removed: Participant[]
  /** Participants and the host's own peers, with their marks. */
  lobby: LobbyParticipant[]
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
  /** The settings that the present ones are compared with; undefined: none. */
  compared: LabSettings | undefined
  /** The simulations of the two that are compared. */
  simulations: ComparedSimulations | undefined
  /** The bytes a second that this device can carry between peers of its page; undefined until it was tried. */
  capacity: number | undefined
  /** Whether the device is being tried. */
  isTrying: boolean
  /** Who reaches whom, where that was asked. */
  reach: ReachView | undefined
  results: readonly LabResult[]
  /** The name of the session of these results; empty: none. */
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
