// The participants of an experiment: what each does, by what rules, and when it comes and goes. The same for a
// simulated run and a real one. Runs nothing.
import type { Policy } from '../swarm/index'
import type { Experiment, ExperimentPolicy } from './experiment'
import type { Behaviour, PeerGroup } from './peer-group'

/** What an experiment plans for one participant. */
export type ParticipantPlan = {
  /** `server`, `peer 3`, or `peer 2.3` where there are several groups. */
  id: string
  behaviour: Behaviour | 'server'
  uploadBytesPerSecond: number
  downloadBytesPerSecond: number
  latencyMs: number | undefined
  queueMs: number | undefined
  lossShare: number | undefined
  policy: Partial<Policy>
  joinAtMs: number
  leaveAtMs: number | undefined
  rejoinAtMs: number | undefined
}

/** The server comes first, and stays. */
export function participantsOf(experiment: Experiment): { server: ParticipantPlan; peers: ParticipantPlan[] } {
  const { server, peers: groups, mode } = experiment
  const policy = swarmPolicy(experiment)
  const peers = groups.flatMap((group, g) =>
    Array.from({ length: group.count }, (_, i): ParticipantPlan => {
      const { uploadBytesPerSecond, downloadBytesPerSecond, behaviour = 'normal' } = group
      const id = groups.length === 1 ? `peer ${i + 1}` : `peer ${g + 1}.${i + 1}`
      const rates = { uploadBytesPerSecond, downloadBytesPerSecond }
      return { id, behaviour, ...rates, ...pathOf(group), policy, ...movesOf(group, i) }
    }),
  )
  return {
    server: {
      id: 'server',
      behaviour: 'server',
      uploadBytesPerSecond: server.uploadBytesPerSecond,
      downloadBytesPerSecond: server.uploadBytesPerSecond,
      ...pathOf(server),
      // A server that everybody fetches from serves everybody, and gives each its own copy.
      policy: mode === 'client-server' ? { ...policy, choker: 'everyone', handOutOnce: false } : policy,
      joinAtMs: 0,
      leaveAtMs: undefined,
      rejoinAtMs: undefined,
    },
    peers,
  }
}

const pathOf = ({ latencyMs, queueMs, lossShare }: Pick<PeerGroup, 'latencyMs' | 'queueMs' | 'lossShare'>) => ({
  latencyMs,
  queueMs,
  lossShare,
})

function movesOf(group: PeerGroup, index: number): Pick<ParticipantPlan, 'joinAtMs' | 'leaveAtMs' | 'rejoinAtMs'> {
  const { joinAtSeconds = 0, joinWithinSeconds = 0, leaveAtSeconds, rejoinAtSeconds, count } = group
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : 1000 * seconds)
  return {
    joinAtMs: 1000 * (joinAtSeconds + (joinWithinSeconds * index) / count),
    leaveAtMs: ms(leaveAtSeconds),
    rejoinAtMs: ms(rejoinAtSeconds),
  }
}

function swarmPolicy({ policy = {} }: Experiment): Partial<Policy> {
  const { rechokeSeconds, optimisticSeconds, requestWindow, keepPlaces, ...same }: ExperimentPolicy = policy
  return {
    ...same,
    ...(rechokeSeconds !== undefined && { rechokeMs: rechokeSeconds * 1000 }),
    ...(optimisticSeconds !== undefined && { optimisticMs: optimisticSeconds * 1000 }),
    ...(keepPlaces === false && { settleMs: 0 }),
    ...(requestWindow === false && { queuedAheadMs: 0 }),
  } as Partial<Policy>
}
