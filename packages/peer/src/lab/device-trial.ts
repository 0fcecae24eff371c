// How much the device can carry from peer to peer of one page: a short trial with real peers that nothing holds back.
// Judges nothing.
import { encodeBase64url } from '@swarmdrop/core'
import { type Experiment, participantsOf } from '@swarmdrop/core/simulation'
import { HostPeers } from './host-peers'
import { contentOfRun, LabDataSource } from './lab-data'
import type { LabPorts } from './lab-ports'
import { type RunParticipant, RunParticipants, SERVER } from './run-participants'

/** Peers that fetch: as many as will, and no more than show what more would cost. */
export const TRIAL_PEERS = { least: 2, most: 8 }
const UNLIMITED = 1e9
const LOOK_MS = 100
/** Long enough to tell a quick device from a slow one, short enough not to be waited for. */
const MEASURED_MS = 1_500
/** A trial that has not begun by then has other troubles than its device. */
const GIVEN_UP_MS = 8_000
const RUN_ID_BYTES = 9

const experimentWith = (peers: number): Experiment => ({
  name: 'Trial',
  seed: 1,
  mode: 'p2p',
  fileBytes: 16_000_000,
  server: { uploadBytesPerSecond: UNLIMITED },
  peers: [{ count: peers, uploadBytesPerSecond: UNLIMITED, downloadBytesPerSecond: UNLIMITED, latencyMs: 1 }],
})

export class DeviceTrial {
  readonly #ports: LabPorts
  readonly #experiment: Experiment
  #peers: HostPeers | undefined
  #stopLooking = () => {}
  #ids: readonly string[] = []
  #isStopped = false
  #hasBegun = false
  #settle: (bytesPerSecond: number | undefined) => void = () => {}

  constructor(ports: LabPorts, peers: number) {
    this.#ports = ports
    this.#experiment = experimentWith(peers)
  }

  /** Bytes a second from peers to peers; undefined when it was stopped, or came to nothing. Once only. */
  async measure(): Promise<number | undefined> {
    const data = await new LabDataSource(this.#ports.sha256).forExperiment(this.#experiment)
    if (this.#isStopped) return undefined
    const { swarm } = this.#ports
    const run = contentOfRun(data, `trial-${encodeBase64url(swarm.random.bytes(RUN_ID_BYTES))}`)
    const atHost = participantsOf(this.#experiment).peers.map(
      ({ id }): RunParticipant => ({ id, name: id, mark: 0, seat: undefined }),
    )
    const participants = new RunParticipants(this.#experiment, atHost)
    const peers = new HostPeers(this.#ports, { run, data, completed: () => {} })
    this.#peers = peers
    this.#ids = participants.ids
    for (const id of participants.ids) {
      peers.add(id, participants.planOf(id), participants.connectionPlanOf(id))
      peers.open(id, false)
    }
    const fetching = participants.ids.filter((id) => id !== SERVER)
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#stopLooking = swarm.time.every(LOOK_MS, this.#lookAt(peers, fetching))
    })
  }

  /**
   * Makes way for something else. Lines that are still being made are ended when they stand: browsers complain of any
   * other end.
   */
  stop(): void {
    this.#isStopped = true
    const peers = this.#peers
    if (!peers || this.#hasBegun) return this.#end(undefined)
    this.#stopLooking()
    this.#settle(undefined)
    const { time } = this.#ports.swarm
    const untilMs = time.now() + GIVEN_UP_MS
    const coming = new Set(this.#ids)
    const endThoseThatStand = () => {
      for (const id of coming) {
        const status = peers.status(id)
        if (status?.ids.length === 0 && time.now() < untilMs) continue
        peers.close(id)
        coming.delete(id)
      }
      if (coming.size === 0) this.#end(undefined)
    }
    this.#stopLooking = time.every(LOOK_MS, endThoseThatStand)
    endThoseThatStand()
  }

  /** Ends the trial at once. */
  close(): void {
    this.#isStopped = true
    this.#end(undefined)
  }

  /** Lets them begin when all are connected, and ends when enough was seen. */
  #lookAt(peers: HostPeers, fetching: readonly string[]): () => void {
    const { time } = this.#ports.swarm
    const openedAtMs = time.now()
    const whole = fetching.length * this.#experiment.fileBytes
    let begunAtMs: number | undefined
    return () => {
      const now = time.now()
      const seen = fetching.map((id) => peers.status(id))
      if (begunAtMs === undefined) {
        const areConnected = seen.every((status) => (status?.neighbours.length ?? 0) >= fetching.length)
        if (areConnected) {
          begunAtMs = now
          this.#hasBegun = true
          peers.begin()
        } else if (now - openedAtMs > GIVEN_UP_MS) this.#end(undefined)
        return
      }
      const bytes = seen.reduce((sum, status) => sum + (status?.downloadedBytes ?? 0), 0)
      const tookMs = now - begunAtMs
      if (bytes < whole && tookMs < MEASURED_MS) return
      this.#end(bytes > 0 ? (1000 * bytes) / tookMs : undefined)
    }
  }

  #end(bytesPerSecond: number | undefined): void {
    this.#stopLooking()
    this.#peers?.closeAll()
    this.#peers = undefined
    this.#settle(bytesPerSecond)
  }
}
