// When each part of a swarm wants to be woken though nothing happens. Knows nothing of what they do then.
//
// All in one place, and that a small one: anyone who runs a thousand swarms asks after each event, and waits for
// memory.
import type { Millis } from './events'

/** The names of the alarms, by number: why a swarm is woken. */
const reasons = [
  'look neighbours over',
  'choose whom to serve',
  'an optimistic turn ends',
  'upload limit',
  'download limit',
  'ask again for what was refused',
  'metadata',
  'tell how far we are',
  'see who idles',
  'read the manifest',
  'tell what is chosen',
] as const

export const Alarm = {
  watch: 0,
  rechoke: 1,
  optimistic: 2,
  upload: 3,
  download: 4,
  retry: 5,
  metadata: 6,
  report: 7,
  slots: 8,
  manifest: 9,
  choice: 10,
} as const

type AlarmName = (typeof Alarm)[keyof typeof Alarm]

export class Alarms {
  private readonly times = new Float64Array(reasons.length).fill(Number.POSITIVE_INFINITY)

  /** Infinity: not set. */
  at(alarm: AlarmName): Millis {
    return this.times[alarm] as number
  }

  set(alarm: AlarmName, at: Millis): void {
    this.times[alarm] = at
  }

  clear(alarm: AlarmName): void {
    this.times[alarm] = Number.POSITIVE_INFINITY
  }

  /** When the first of them rings. */
  get first(): Millis {
    const { times } = this
    let first = times[0] as number
    for (let i = 1; i < times.length; i++) if ((times[i] as number) < first) first = times[i] as number
    return first
  }

  /** Why the first alarm is set, by its name. */
  get reason(): string {
    return reasons[this.times.indexOf(this.first)] as string
  }
}
