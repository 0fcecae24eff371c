// What is known of a run at one moment: the picture, the list of participants, the outcome. Changes nothing.
import { chunkLength } from '@swarmdrop/core'
import { type Experiment, lies } from '@swarmdrop/core/simulation'
import type { RoomLine } from '../line/room-line'
import { Board } from './board'
import { Coordinator } from './coordinator'
import { contentOfRun, type LabData, type RunContent } from './lab-data'
import { bindingOf, limitedShareOf } from './limited-share'
import { outcomeOf, type RunOutcome } from './outcome'
import type { Stage } from './run-events'
import { type RunParticipant, RunParticipants, SERVER } from './run-participants'
import type { RunView } from './run-view'

export type RunRecord = {
  experiment: Experiment
  content: RunContent
  participants: RunParticipants
  board: Board
  coordinator: Coordinator
}

export type RunOptions = {
  id: string
  experiment: Experiment
  data: LabData
  /** Who takes part, in the order of the experiment's peers; the server is the host's. */
  participants: readonly RunParticipant[]
  room: RoomLine
  /** The least time from the message to start until the start: time to count down. */
  leadMs?: number | undefined
}

/** `leadMs`: from the action to start until the start. */
export function newRunRecord(options: RunOptions, leadMs: number, now: number): RunRecord {
  const { id, experiment, data } = options
  const content = contentOfRun(data, id)
  const participants = new RunParticipants(experiment, options.participants)
  return {
    experiment,
    content,
    participants,
    board: new Board(participants.onBoard, content.content.layout.chunkCount),
    coordinator: new Coordinator(participants.schedules, leadMs, now),
  }
}

export function participantsIn({ participants, board, coordinator }: RunRecord): RunView['participants'] {
  return participants.ids.map((id) => {
    const completedAfterMs = coordinator.completedAfterMs(id)
    return {
      id,
      behaviour: participants.planOf(id).behaviour,
      name: participants.nameOf(id),
      mark: participants.markOf(id),
      ids: board.idsOf(id),
      stage: coordinator.stageOf(id) as Stage,
      held: board.heldBy(id)?.count ?? 0,
      ...(completedAfterMs !== undefined && { completedAfterMs }),
    }
  })
}

/** `elapsedSeconds`: since the start, negative before it; `chosen`: whose turns are shown. */
export function viewOf(record: RunRecord, elapsedSeconds: number, chosen: number): RunView {
  const { board, coordinator, experiment } = record
  const seconds = Math.max(0, elapsedSeconds)
  const frame = board.frame
  const index = Math.min(chosen, frame.peers.length - 1)
  return {
    experiment,
    phase: coordinator.state.phase,
    seconds,
    startsInSeconds: coordinator.state.phase === 'running' ? Math.max(0, -elapsedSeconds) : 0,
    frame,
    holdings: board.holdings,
    series: board.series,
    matrix: board.matrix,
    chosen: index,
    chokes: board.chokesBy(index, Math.max(1, seconds)),
    participants: participantsIn(record),
    notes: notesOn(record),
  }
}

/** Result, once it is done; undefined before, and where nobody was there. */
export function outcomeOfRun(
  record: RunRecord,
  participants: readonly RunParticipant[],
): (RunOutcome & { limitedShare: number | undefined }) | undefined {
  const { board, coordinator, experiment } = record
  if (coordinator.state.phase !== 'done') return undefined
  const { takingPart } = coordinator
  const outcomes = participants.map(({ id, name }) => {
    if (!takingPart.includes(id)) return undefined
    const { uploadedBytes } = board.totals(id)
    return {
      name,
      completedAfterMs: coordinator.completedAfterMs(id),
      uploadedBytes,
      downloadedBytes: heldBytes(record, id),
    }
  })
  const outcome = outcomeOf(experiment, outcomes, board.totals(SERVER).uploadedBytes)
  return outcome && { ...outcome, limitedShare: limitedShareIn(record, outcome) }
}

/** The limited share of the uplinks of all who took part, as far as they say. */
function limitedShareIn({ participants, board, coordinator }: RunRecord, { experiment, measured }: RunOutcome) {
  const uplinks = [SERVER, ...coordinator.takingPart].flatMap((id) => {
    const limitedMs = board.limitedMsOf(id)
    const { uploadBytesPerSecond, behaviour } = participants.planOf(id)
    const bytesPerSecond = behaviour === 'free-rider' || lies(behaviour) ? 0 : uploadBytesPerSecond
    return limitedMs === undefined ? [] : [{ id, bytesPerSecond, limitedMs }]
  })
  const server = uplinks.find(({ id }) => id === SERVER)
  const peers = uplinks.filter(({ id }) => id !== SERVER)
  const binding = bindingOf(experiment, measured.bounds)
  return server && limitedShareOf(binding, measured.distributionSeconds ?? 0, server, peers)
}

/** Whose pages stood still for so much of a run are named. */
const STOOD_STILL_SHARE = 0.1

const MAX_NAMED_STANDING_STILL = 5

/** What did not go by plan, in words. */
function notesOn({ participants, board, coordinator }: RunRecord): string[] {
  const slow = participants.ids.flatMap((id) => {
    const share = board.stoodStillShareOf(id)
    return share > STOOD_STILL_SHARE ? [{ name: participants.nameOf(id), percent: Math.round(100 * share) }] : []
  })
  return [...coordinator.notes, ...stoodStillNotes(slow)]
}

/** One note at most: in a slow class they are many, and a result keeps only so many notes. */
function stoodStillNotes(pages: readonly { name: string; percent: number }[]): string[] {
  const [first] = pages
  if (!first) return []
  if (pages.length === 1) return [`${first.name}’s page froze for ${first.percent} % of the run.`]
  const named = pages.slice(0, MAX_NAMED_STANDING_STILL).map(({ name, percent }) => `${name} (${percent} %)`)
  const more = pages.length - named.length
  const others = more === 0 ? '' : ` and ${more} ${more === 1 ? 'other' : 'others'}`
  const leastPercent = 100 * STOOD_STILL_SHARE
  return [`Pages that froze for more than ${leastPercent} % of the run: ${named.join(', ')}${others}.`]
}

/** The indices on the board of those that are part of what was measured. */
export function indicesTakingPart({ participants, coordinator }: RunRecord): number[] {
  const { takingPart } = coordinator
  return participants.ids.flatMap((id, index) => (takingPart.includes(id) ? [index] : []))
}

function heldBytes({ board, content: { content } }: RunRecord, id: string): number {
  let bytes = 0
  for (const chunk of board.heldBy(id)?.indices() ?? []) bytes += chunkLength(content.layout, chunk)
  return bytes
}
