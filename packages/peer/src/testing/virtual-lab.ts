// A class in virtual time: a teacher's laboratory and participants on devices of their own.
import { boundsOf, type Experiment, type ExperimentResult, participantsOf } from '@swarmdrop/core/simulation'
import { LabHost } from '../lab/host'
import type { HostPorts, ParticipantPorts } from '../lab/lab-ports'
import { LabResults } from '../lab/lab-results'
import { LabParticipant } from '../lab/participant'
import type { LabSettings } from '../lab/settings'
import { sha256 } from './sha256'
import { type VirtualDevice, VirtualWorld } from './virtual-device'

/** A file of ten small chunks, and peers quick enough for a few seconds of run. */
export const smallSettings: Partial<LabSettings> = {
  name: 'Small',
  fileBytes: 160_000,
  chunkBytes: 16_000,
  serverUploadBytesPerSecond: 80_000,
  everybody: { uploadBytesPerSecond: 40_000, downloadBytesPerSecond: 400_000, latencyMs: 5 },
  mode: 'p2p',
}

export class VirtualLab {
  readonly world: VirtualWorld
  readonly teacher: VirtualDevice
  readonly results: LabResults
  /** The experiments that were simulated, in order. */
  readonly simulated: Experiment[] = []
  host: LabHost
  readonly #devices = new Map<string, VirtualDevice>()

  constructor(seed = 1) {
    this.world = new VirtualWorld(seed)
    this.teacher = this.world.device('teacher')
    this.results = new LabResults(this.teacher.memory('results'))
    this.host = this.#newHost()
  }

  get time() {
    return this.world.time
  }

  get shown() {
    return this.host.getSnapshot()
  }

  /** The teacher's page is loaded again: nothing of the old one is heard any more. */
  async reloadTeacher(): Promise<void> {
    this.host.close()
    this.host = this.#newHost()
    await this.time.run(1_000)
  }

  /** A second tab with all that the first one's remembers. */
  duplicateTeacher(): LabHost {
    return this.#newHost()
  }

  async openRoom(): Promise<string> {
    void this.host.openRoom()
    await this.time.run(2_000)
    const { room } = this.shown
    if (room.state !== 'open') throw new Error(`the room is ${room.state}`)
    return room.code
  }

  /** A participant on a device of its own, the same one whenever it comes back. */
  participant(
    name: string,
    code: string,
    openRunChunks?: ParticipantPorts['openRunChunks'],
    { isNewTab = false } = {},
  ): LabParticipant {
    const device = this.#devices.get(name) ?? this.world.device(name)
    this.#devices.set(name, device)
    const ports: ParticipantPorts = {
      swarm: device.ports,
      sha256,
      memory: device.memory(isNewTab ? 'new tab’s seat' : 'seat'),
      removal: device.memory('removal'),
      openRunChunks: openRunChunks ?? device.openRunChunks,
    }
    const participant = new LabParticipant(ports, { code, name })
    participant.start()
    return participant
  }

  /** Chunks that participants keep for a reload, of all runs. */
  get keptChunks(): number {
    return [...this.#devices.values()].reduce((sum, { keptChunks }) => sum + keptChunks, 0)
  }

  untilOver(withinMs = 300_000): Promise<boolean> {
    return this.time.run(withinMs, () => this.shown.phase === 'done' || this.shown.phase === 'failed')
  }

  #newHost(): LabHost {
    const ports: HostPorts = {
      swarm: this.teacher.ports,
      sha256,
      memory: this.teacher.memory('host'),
      results: this.results,
      simulate: async (experiment) => this.#simulate(experiment),
      simulationsAtOnce: 2,
      timestamp: () => '2026-01-02T03:04:05.000Z',
    }
    const host = new LabHost(ports)
    host.start()
    return host
  }

  /** A result of the right shape, in no time: what the simulator computes is core's to test. */
  #simulate(experiment: Experiment): ExperimentResult {
    this.simulated.push(experiment)
    const bounds = boundsOf(experiment)
    return {
      distributionSeconds: bounds.chunked,
      bounds,
      ratio: 1,
      uploadUtilisation: 1,
      serverUploadedBytes: experiment.fileBytes,
      peers: participantsOf(experiment).peers.map(({ id }) => ({
        id,
        completedAtSeconds: bounds.chunked,
        uploadedBytes: 0,
        downloadedBytes: experiment.fileBytes,
      })),
    }
  }
}

/** A room with peers of its own and participants. */
export async function classOf(pagePeers: number, names: string[] = [], settings = smallSettings) {
  const lab = new VirtualLab()
  lab.host.change(settings)
  lab.host.addPeers(pagePeers)
  const code = await lab.openRoom()
  const participants = names.map((name) => lab.participant(name, code))
  await lab.time.run(2_000)
  if (lab.shown.peerCount !== pagePeers + names.length) throw new Error('Somebody is not in the room.')
  return { lab, code, participants, host: lab.host, time: lab.time }
}

export const isRunning = (lab: VirtualLab): boolean => lab.shown.run?.phase === 'running' && lab.shown.run.seconds > 0
export const stageOf = (participant: LabParticipant | undefined) => participant?.getSnapshot().run?.stage
export const participantOf = (lab: VirtualLab, name: string) =>
  lab.shown.run?.participants.find((participant) => participant.name === name)
