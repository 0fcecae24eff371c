// Tells by a WebRTC connection's statistics whether its frames go through a TURN server. Knows nothing of links.
import type { Way } from '../ports'

/** As far as it is used: an RTCStatsReport. */
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
}

/** Undefined where the statistics do not say. */
export async function chosenWay(connection: { getStats(): Promise<Stats> }): Promise<Way | undefined> {
  const entries = new Map<string, Entry>()
  try {
    const stats = await connection.getStats()
    stats.forEach((entry) => void entries.set((entry as Entry).id, entry as Entry))
  } catch {
    return undefined
  }
  const all = [...entries.values()]
  const named = all.map(({ selectedCandidatePairId: id }) => id !== undefined && entries.get(id)).find(Boolean)
  const pairs = all.filter(({ type }) => type === 'candidate-pair')
  const pair =
    named ||
    pairs.find(({ selected }) => selected) ||
    pairs.find(({ nominated, state }) => nominated && state === 'succeeded')
  if (!pair) return undefined
  const ends = [pair.localCandidateId, pair.remoteCandidateId].map((id) => entries.get(id ?? ''))
  return ends.some((end) => end?.candidateType === 'relay') ? 'turn' : 'direct'
}
