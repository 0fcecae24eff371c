// Tells by a WebRTC connection's statistics whether its frames go through a TURN server, and how long the way is. Knows
// nothing of links.
import type { Way } from '../ports'

/** The part of an RTCStatsReport that is used. */
export type Stats = { forEach(look: (entry: unknown) => void): void }

type Entry = {
  id: string
  type: string
  selectedCandidatePairId?: string
  /** Firefox has it in place of the transport's word. */
  selected?: boolean
  nominated?: boolean
  state?: string
  localCandidateId?: string
  remoteCandidateId?: string
  candidateType?: string
  responsesReceived?: number
  /** Seconds. */
  currentRoundTripTime?: number
}

type Connection = { getStats(): Promise<Stats> }

/** `roundTrip`: of the last of `looks`; undefined where the statistics do not tell, as Firefox's. */
export type ChosenWay = { way: Way; roundTrip: { ms: number; looks: number } | undefined }

/** The way that a connection has chosen; undefined where its statistics do not say. */
export async function chosenWay(connection: Connection): Promise<ChosenWay | undefined> {
  const { entries, pair } = await chosenPair(connection)
  if (!pair) return undefined
  const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) => entries.get(id ?? ''))
  const way = ends.some((end) => end?.candidateType === 'relay') ? 'turn' : 'direct'
  const { responsesReceived: looks, currentRoundTripTime: seconds } = pair
  const isTold = looks !== undefined && seconds !== undefined
  return { way, roundTrip: isTold ? { ms: 1000 * seconds, looks } : undefined }
}

/** The pair of addresses that the frames go between. */
async function chosenPair(connection: Connection): Promise<{ entries: Map<string, Entry>; pair: Entry | undefined }> {
  const entries = new Map<string, Entry>()
  try {
    const stats = await connection.getStats()
    stats.forEach((entry) => void entries.set((entry as Entry).id, entry as Entry))
  } catch {
    return { entries, pair: undefined }
  }
  const all = [...entries.values()]
  const named = all.map(({ selectedCandidatePairId: id }) => id !== undefined && entries.get(id)).find(Boolean)
  const pairs = all.filter(({ type }) => type === 'candidate-pair')
  const pair =
    named ||
    pairs.find(({ selected }) => selected) ||
    pairs.find(({ nominated, state }) => nominated && state === 'succeeded')
  return { entries, pair }
}
