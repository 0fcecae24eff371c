// One device in virtual time: its randomness, its lines and its links. A reload is a new peer on the same device.
import { seededRandom } from '@swarmdrop/core/simulation'
import type { ParticipantPorts } from '../lab/lab-ports'
import type { Random, RelayChoice, TextMemory } from '../ports'
import type { SwarmPorts } from '../swarm/connection-ports'
import { Timers } from '../time/timers'
import { VirtualDisk } from './virtual-disk'
import { VirtualLinks } from './virtual-links'
import { VirtualTime } from './virtual-time'
import { VirtualTracker } from './virtual-tracker'

/** A world of devices around one tracker. Print its seed where a test fails. */
export class VirtualWorld {
  readonly time = new VirtualTime()
  readonly tracker: VirtualTracker
  readonly links: VirtualLinks

  constructor(
    readonly seed = 1,
    quality: Partial<{ latencyMs: number; bytesPerSecond: number }> = {},
  ) {
    this.tracker = new VirtualTracker(this.time, seed)
    this.links = new VirtualLinks(this.time, quality)
  }

  device(name: string): VirtualDevice {
    return new VirtualDevice(this, name)
  }
}

export class VirtualDevice {
  readonly log: string[] = []
  readonly disk: VirtualDisk
  readonly ports: SwarmPorts
  readonly texts = new Map<string, string>()
  /** What each owner keeps of its run. */
  readonly #runs = new Map<string, { run: string; chunks: Map<number, Uint8Array<ArrayBuffer>> }>()

  constructor(
    readonly world: VirtualWorld,
    readonly name: string,
  ) {
    const draw = seededRandom(world.seed * 1_000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0))
    const time = ownTime(world.time, draw)
    this.disk = new VirtualDisk(time)
    this.ports = {
      time,
      random: virtualRandom(draw),
      newLine: () => world.tracker.newLine(name),
      openLink: world.links.of(name),
      relay: virtualRelayChoice(),
      log: (message) => void this.log.push(message),
    }
  }

  memory(key: string): TextMemory {
    return {
      read: () => this.texts.get(key),
      write: (text) => {
        this.texts.set(key, text)
        return true
      },
      clear: () => void this.texts.delete(key),
    }
  }

  /** The number of chunks kept, of all runs. */
  get keptChunks(): number {
    return [...this.#runs.values()].reduce((sum, { chunks }) => sum + chunks.size, 0)
  }

  /** An owner keeps chunks of one run at a time. */
  readonly openRunChunks: ParticipantPorts['openRunChunks'] = async (owner, run) => {
    const known = this.#runs.get(owner)
    const chunks = known?.run === run ? known.chunks : new Map<number, Uint8Array<ArrayBuffer>>()
    this.#runs.set(owner, { run, chunks })
    let isClosed = false
    return {
      load: async () => new Map(chunks),
      put: (chunk, bytes) => {
        if (!isClosed) chunks.set(chunk, bytes)
      },
      close: () => {
        isClosed = true
      },
      remove: () => {
        isClosed = true
        this.#runs.delete(owner)
      },
    }
  }

  /** Takes the network away: lines and links are lost, and none is made. */
  goOffline(): void {
    this.world.tracker.setReachable(this.name, false)
    this.world.links.cut(this.name)
  }

  goOnline(): void {
    this.world.tracker.setReachable(this.name, true)
  }
}

/** A clock that began at some other moment than all others, and is set wrong by up to forty seconds. */
function ownTime(world: VirtualTime, draw: () => number): Timers {
  const alarm = world.alarm()
  const originMs = Math.floor(draw() * 1e6)
  const wrongMs = Math.floor((draw() - 0.5) * 80_000)
  return new Timers({
    now: () => alarm.now() + originMs,
    wallMs: () => world.wallMs() + wrongMs,
    setAlarm: (atMs, ring) => alarm.setAlarm(atMs - originMs, ring),
    clearAlarm: () => alarm.clearAlarm(),
  })
}

function virtualRandom(draw: () => number): Random {
  return {
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(draw() * 256)),
    uniform: draw,
  }
}

function virtualRelayChoice(): RelayChoice {
  let relayOnly = false
  return {
    isRelayOnly: () => relayOnly,
    chooseRelayOnly: (chosen) => {
      relayOnly = chosen
    },
  }
}
