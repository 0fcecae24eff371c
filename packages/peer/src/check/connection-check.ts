// Finds out what works in this runtime and on this network, each thing by trying it. Knows no WebRTC, and no words.
import { encodeBase64url } from '@swarmdrop/core'
import type { IceServer } from '../ports'
import { Snapshots } from '../snapshots'
import type { CheckPorts, Gathered, Transport } from './check-ports'
import type { CheckFacts, CheckSnapshot, LoopFact, OwnFact, ServerFact, StunFact, TurnFact, WebAnswer } from './facts'
import { loop } from './loop'
import { serverLoop } from './server-loop'
import { askTracker, type TrackerAnswer } from './tracker-probe'

/** Whatever has not been found out by then is not found out. */
const ALL_WITHIN_MS = 10_000
const LINE_WITHIN_MS: Record<Transport, number> = { websocket: 3_000, polling: 2_500 }
const GATHER_WITHIN_MS = 3_500
const LOOP_WITHIN_MS = 3_500

const SWARM_ID_BYTES = 16
const NO_ANSWER = 701
const FIRST_STUN_ERROR = 300

export class ConnectionCheck {
  readonly #ports: CheckPorts
  readonly #snapshots = new Snapshots<CheckSnapshot>({ phase: 'running', facts: {}, broken: {} })
  /** A newer run, or `close`, makes an older one speak to nobody. */
  #run = 0
  #endsAt = 0

  constructor(ports: CheckPorts) {
    this.#ports = ports
  }

  getSnapshot(): CheckSnapshot {
    return this.#snapshots.get()
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  /** Checks from the beginning, also in the middle of an earlier check. */
  async start(): Promise<void> {
    const run = ++this.#run
    this.#endsAt = this.#ports.time.now() + ALL_WITHIN_MS
    this.#snapshots.change({ phase: 'running', facts: {}, broken: {} })
    await this.#checkAll(run)
    if (run === this.#run) this.#snapshots.change({ phase: 'done' })
  }

  /** Ends the check: nothing more is told. What is under way ends by itself, within its time. */
  close(): void {
    this.#run++
  }

  async #checkAll(run: number): Promise<void> {
    const { webRtc, relay, storage } = this.#ports
    await this.#find(run, 'relayOnly', async () => relay.isRelayOnly())
    const rtc = await this.#find(run, 'webRtc', async () => webRtc())
    const hasRtc = rtc === 'there'
    await Promise.all([
      this.#find(run, 'storage', () => storage()),
      hasRtc && this.#find(run, 'own', () => this.#own()),
      hasRtc && this.#find(run, 'direct', () => this.#loop([], false)),
      this.#reachTracker(run).then((answer) => (answer ? this.#askServers(run, answer, hasRtc) : undefined)),
    ])
  }

  /** Reaches the tracker by the first transport that stands. */
  async #reachTracker(run: number): Promise<(TrackerAnswer & { transport: Transport }) | undefined> {
    // Asked at once, and needed only where no line stands: nobody then waits for it as well.
    const web = this.#askWeb()
    for (const transport of ['websocket', 'polling'] as const) {
      const answer = await this.#askBy(transport)
      if (!answer) continue
      const { roundTripMs, clockOffsetMs, refused } = answer
      this.#tell(run, 'tracker', { reached: transport, roundTripMs, ...(refused !== undefined && { refused }) })
      if (clockOffsetMs !== undefined) this.#tell(run, 'clock', { offsetMs: clockOffsetMs })
      return { ...answer, transport }
    }
    const [{ answer, offsetMs }, pollingStatus] = await Promise.all([
      web,
      this.#inTime(this.#ports.pollingStatus()).catch(() => undefined),
    ])
    this.#tell(run, 'tracker', { reached: 'no', web: answer, ...(pollingStatus !== undefined && { pollingStatus }) })
    if (offsetMs !== undefined) this.#tell(run, 'clock', { offsetMs })
    return undefined
  }

  /** Asks the web server. Its time is compared with ours when it comes, and not when somebody needs it. */
  async #askWeb(): Promise<{ answer: WebAnswer; offsetMs?: number }> {
    try {
      const { answer, wallMs } = await this.#inTime(this.#ports.askWeb())
      return { answer, ...(wallMs !== undefined && { offsetMs: wallMs - this.#ports.time.wallMs() }) }
    } catch {
      return { answer: 'nothing' }
    }
  }

  #askBy(transport: Transport): Promise<TrackerAnswer | undefined> {
    const { time, random, host, newLine } = this.#ports
    const swarmId = encodeBase64url(random.bytes(SWARM_ID_BYTES))
    return askTracker({ time, host, newLine: () => newLine(transport) }, swarmId, LINE_WITHIN_MS[transport])
  }

  async #askServers(
    run: number,
    { iceServers, relays, refused, transport }: TrackerAnswer & { transport: Transport },
    hasRtc: boolean,
  ): Promise<void> {
    // It has not said whom to ask.
    if (refused !== undefined) return
    const [stun, turn] = [serversOf(iceServers, /^stuns?:/), serversOf(iceServers, /^turns?:/)]
    await Promise.all([
      hasRtc && this.#find(run, 'stun', () => this.#stun(stun)),
      hasRtc && this.#find(run, 'turn', () => this.#turn(turn)),
      this.#find(run, 'server', () => this.#server(relays, transport)),
    ])
  }

  async #own(): Promise<OwnFact> {
    const { host } = await this.#gather([], false)
    const addresses = host.filter((address) => !address.endsWith('.local'))
    return { addresses: unique(addresses), hidden: unique(host).length - unique(addresses).length }
  }

  async #stun(servers: IceServer[]): Promise<StunFact> {
    if (servers.length === 0) return { named: false }
    const { reflexive, errorCodes, finished } = await this.#gather(servers, false)
    return {
      named: true,
      addresses: unique(reflexive),
      answered: reflexive.length > 0 || (finished && errorCodes.length === 0),
    }
  }

  async #turn(servers: IceServer[]): Promise<TurnFact> {
    if (servers.length === 0) return { named: false }
    const { relayed, errorCodes } = await this.#gather(servers, true)
    const refusedWith = errorCodes.find((code) => code >= FIRST_STUN_ERROR && code < NO_ANSWER)
    if (relayed.length === 0) return { named: true, addresses: [], refusedWith }
    return { named: true, addresses: unique(relayed), loop: await this.#loop(servers, true) }
  }

  async #server(relays: boolean, transport: Transport): Promise<ServerFact> {
    if (!relays) return { relays: false }
    const { time, random, newLine } = this.#ports
    const ports = { time, random, newLine: () => newLine(transport) }
    return { relays: true, loop: await serverLoop(ports, this.#within(LOOP_WITHIN_MS)) }
  }

  #gather(iceServers: IceServer[], relayOnly: boolean): Promise<Gathered> {
    return this.#ports.gather({ iceServers, relayOnly }, this.#within(GATHER_WITHIN_MS))
  }

  #loop(iceServers: IceServer[], relayOnly: boolean): Promise<LoopFact> {
    return loop(this.#ports, { iceServers, relayOnly }, this.#within(LOOP_WITHIN_MS))
  }

  /** The time that is left for a probe: no longer than the whole check may take. */
  #within(ms: number): number {
    return Math.max(0, Math.min(ms, this.#endsAt - this.#ports.time.now()))
  }

  /** The answer, in time: rejects where it has not come by the end of the check. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    const { time } = this.#ports
    return new Promise((resolve, reject) => {
      const cancel = time.after(this.#within(ALL_WITHIN_MS), () => reject(new Error('It took too long.')))
      answer.then(resolve, reject).finally(cancel)
    })
  }

  /** Runs a probe and tells what it found; undefined where the probe itself fails, which is told too. */
  async #find<Name extends keyof CheckFacts>(
    run: number,
    name: Name,
    probe: () => Promise<CheckFacts[Name]>,
  ): Promise<CheckFacts[Name] | undefined> {
    try {
      const fact = await this.#inTime(probe())
      this.#tell(run, name, fact)
      return fact
    } catch (error) {
      const { broken } = this.getSnapshot()
      const reason = error instanceof Error ? error.message : String(error)
      if (run === this.#run) this.#snapshots.change({ broken: { ...broken, [name]: reason } })
      return undefined
    }
  }

  #tell<Name extends keyof CheckFacts>(run: number, name: Name, fact: CheckFacts[Name]): void {
    if (run !== this.#run) return
    this.#snapshots.change({ facts: { ...this.getSnapshot().facts, [name]: fact } })
  }
}

/** The servers of one kind; an entry may name both kinds. */
function serversOf(servers: readonly IceServer[], kind: RegExp): IceServer[] {
  return servers
    .map((server) => ({ ...server, urls: server.urls.filter((url) => kind.test(url)) }))
    .filter(({ urls }) => urls.length > 0)
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
