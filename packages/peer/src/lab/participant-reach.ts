// A participant's end of finding out who reaches whom: takes the host's request, and reports. Knows nothing of runs.
import type { SwarmPorts } from '../swarm/connection-ports'
import { Throttle } from '../time/throttle'
import { contentToMeetIn, type ReachReport, type ReachRequest } from './reach-messages'
import { ReachProbe } from './reach-probe'

const REPORT_MS = 250
/** Should the host never say that it is over: longer than it lasts. */
const LASTS_MS = 12_000

export class ParticipantReach {
  readonly #ports: SwarmPorts
  readonly #say: (report: ReachReport) => void
  readonly #changed: () => void
  #under: { check: string; probe: ReachProbe } | undefined
  #stopWaiting = () => {}
  readonly #reporting: Throttle

  /** `changed`: it has begun, or ended. */
  constructor(ports: SwarmPorts, say: (report: ReachReport) => void, changed: () => void) {
    this.#ports = ports
    this.#say = say
    this.#changed = changed
    this.#reporting = new Throttle(ports.time, REPORT_MS, () => this.#report())
  }

  get isOn(): boolean {
    return this.#under !== undefined
  }

  /** Begins a check, in place of an earlier one. */
  begin(request: ReachRequest): void {
    const content = contentToMeetIn(request)
    if (!content) return
    this.end()
    const probe = new ReachProbe(this.#ports, content, () => this.#reporting.call())
    this.#under = { check: request.check, probe }
    this.#stopWaiting = this.#ports.time.after(LASTS_MS, () => this.end())
    probe.start()
    this.#changed()
  }

  /** `check`: that one alone. */
  end(check?: string): void {
    if (!this.#under || (check !== undefined && check !== this.#under.check)) return
    this.#stopWaiting()
    this.#reporting.cancel()
    this.#under.probe.close()
    this.#under = undefined
    this.#changed()
  }

  #report(): void {
    if (!this.#under) return
    const { check, probe } = this.#under
    this.#say({ type: 'reached', check, ...probe.report() })
  }
}
