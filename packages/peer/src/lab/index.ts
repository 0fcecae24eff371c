// The laboratory: runs of real peers, led by a host, joined by participants.

export { type ComparedSide, comparedOf, comparisonOf, comparisonSteps } from './comparison'
export { atSpeed, type Relief, reliefFor } from './device-load'
export { type Doubt, doubtsOf } from './doubts'
export { LabHost } from './host'
export type { InspectedPeer } from './host-peers'
export type { Room } from './host-room'
export { type LabPhase, type LabSnapshot, MAX_PAGE_PEERS, MAX_REPEATS } from './host-snapshot'
export { type LabFile, labDataProblem } from './lab-data'
export type { HostPorts, LabPorts, ParticipantPorts } from './lab-ports'
export { LabResults, type RunRemarks } from './lab-results'
export { type Light, type LobbyParticipant, lightOf } from './lobby'
export type { ParticipantSummary, PeerStatus } from './messages'
export { LabParticipant } from './participant'
export { rememberedSeat } from './participant-memory'
export type { JoinedRoom } from './participant-room'
export type { OwnRun, ParticipantSnapshot } from './participant-snapshot'
export type { RunChunks } from './participant-store'
export type { ReachParticipant, ReachView } from './reach-board'
export { type ReachPair, reachPairOf, reachTroubleOf } from './reach-pairs'
export { holdingsAt, type RecordedReplay, replayOfResult } from './recorded-replay'
export { believedSeconds, comparisonKey, type Repeats, repeatsOf, settingKey } from './repeats'
export { frameOf, givenUntil, type Replay, replayOfTimeline, sampleAt } from './replay'
export { boundOf, type LabResult, MAX_NOTE_CHARACTERS, resultsAsCsv } from './results'
export { runSteps, secondsOf, sweepPeers, sweepSteps } from './run-plan'
export type { ChokeSpan, PeerRole, ProgressSeries, RunView, SwarmFrame } from './run-view'
export { type LabSession, parseSession, sessionAsText } from './session'
export {
  experimentOf,
  experimentWith,
  firstSettings,
  type LabMode,
  type LabSettings,
  type SpecialKind,
  settingsOf,
  sweepSizes,
} from './settings'
export { type Estimate, estimateOf, type Interval, type Ratio, ratioOf, studentQuantile } from './statistics'
export { pairOf, type Verdict, type VerdictTime, verdictOf } from './verdict'
