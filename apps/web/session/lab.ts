// The laboratory in this page: the teacher's part, or a participant's. Knows nothing of how it is drawn.
import {
  type HostPorts,
  type LabFile,
  LabHost,
  LabParticipant,
  LabResults,
  type ParticipantPorts,
  rememberedSeat,
} from '@swarmdrop/peer/lab'
import { storedText } from '../adapters/device/stored-text'
import { sha256OffThread } from '../adapters/hashing/digest-off-thread'
import { simulateOffThread } from '../adapters/simulation/simulate-off-thread'
import { KeptChunks } from '../adapters/stores/kept-chunks'
import { registerLab } from './inspection'
import { swarmPorts } from './ports'

let results: LabResults | undefined

/** The runs of this browser's laboratory. */
export function labResults(): LabResults {
  results ??= new LabResults(storedText('device', 'swarmdrop-lab-results'))
  return results
}

/**
 * A browser may bring a page back whole after its peers have left: seats, rooms and chunks outlive a reload, links do
 * not.
 */
function startAnewWhenBroughtBack(): void {
  window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload())
}

let host: LabHost | undefined

/** One for the page: it lives as long as the tab does. */
export function labHost(): LabHost {
  if (host) return host
  const ports: HostPorts = {
    swarm: swarmPorts(),
    sha256: sha256OffThread,
    memory: storedText('tab', 'swarmdrop-lab-host'),
    results: labResults(),
    simulate: async (experiment, signal) => (await simulateOffThread(experiment, () => {}, signal)).result,
    // One core for the page itself.
    simulationsAtOnce: Math.max(1, navigator.hardwareConcurrency - 1),
    timestamp: () => new Date().toISOString(),
  }
  host = new LabHost(ports)
  host.start()
  startAnewWhenBroughtBack()
  return host
}

registerLab({ results: () => labResults().all, peers: () => host?.peers() ?? [] })

/** A file of the teacher's, to be shared in place of made-up data. */
export const labFileOf = (file: File): LabFile => ({
  name: file.name,
  bytes: file.size,
  key: `${file.name} ${file.lastModified}`,
  read: async () => new Uint8Array(await file.arrayBuffer()),
})

const seat = storedText('tab', 'swarmdrop-lab-seat')
const removal = storedText('device', 'swarmdrop-lab-removal')
const participants = new Map<string, LabParticipant>()

/** This tab's part in a room: one, however often the page is drawn; it lives as long as the tab does. */
export function labParticipant(code: string, name: string): LabParticipant {
  const known = participants.get(code)
  if (known) return known
  const ports: ParticipantPorts = {
    swarm: swarmPorts(),
    sha256: sha256OffThread,
    memory: seat,
    removal,
    openRunChunks: (owner, run) => KeptChunks.open(owner, run),
  }
  const participant = new LabParticipant(ports, { code, name })
  participants.set(code, participant)
  // Others should not wait for a tab that is gone.
  window.addEventListener('pagehide', () => participant.leave())
  const tellSight = () => participant.setInSight(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', tellSight)
  startAnewWhenBroughtBack()
  tellSight()
  participant.start()
  return participant
}

/** Who is in this room already, in this page or before its reload. */
export function knownParticipant(code: string): LabParticipant | undefined {
  const name = rememberedSeat(seat, code)?.name
  return participants.get(code) ?? (name === undefined ? undefined : labParticipant(code, name))
}
