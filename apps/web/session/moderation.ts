// How much a tab takes of its person's line: limits, and whether it only receives. Kept in the tab, reloads included.
// Knows no transfer but by its commands.
import type { Limits, TextMemory } from '@swarmdrop/peer'
import * as z from 'zod/mini'
import { type ConnectionCost, connectionCost } from '../adapters/device/connection-cost'
import { storedText } from '../adapters/device/stored-text'

/** `receiveOnly`: undefined until the person has said it. */
type Moderation = Limits & { receiveOnly: boolean | undefined }
type Moderated = {
  setLimits(limits: Limits): void
  side: { role: 'sender' } | { role: 'receiver'; setReceiveOnly(receiveOnly: boolean): void }
}

const rate = z.optional(z.number().check(z.positive()))
const Shape = z.object({ upload: rate, download: rate, receiveOnly: z.optional(z.boolean()) })

export class TabModeration {
  readonly #memory: TextMemory
  readonly #cost: ConnectionCost | undefined
  #now: Moderation | undefined

  constructor(memory: TextMemory, cost: ConnectionCost | undefined) {
    this.#memory = memory
    this.#cost = cost
  }

  /** Why this tab only receives without being told to; undefined: it does not. */
  get reason(): ConnectionCost | undefined {
    return this.#known().receiveOnly === undefined ? this.#cost : undefined
  }

  /** Moderates a transfer that begins. Where bytes are dear, it only receives unless the person has said otherwise. */
  apply(transfer: Moderated): void {
    const { side } = transfer
    const { upload, download, receiveOnly = this.#cost !== undefined } = this.#known()
    if (upload !== undefined || download !== undefined) transfer.setLimits({ upload, download })
    if (side.role === 'receiver') side.setReceiveOnly(receiveOnly)
  }

  keep(change: Partial<Moderation>): void {
    this.#now = { ...this.#known(), ...change }
    this.#memory.write(JSON.stringify(this.#now))
  }

  #known(): Moderation {
    this.#now ??= { upload: undefined, download: undefined, receiveOnly: undefined, ...this.#read() }
    return this.#now
  }

  #read() {
    try {
      return Shape.safeParse(JSON.parse(this.#memory.read() ?? '{}')).data
    } catch {
      return undefined
    }
  }
}

let tab: TabModeration | undefined

/** The moderation of this tab, for whatever it shares or fetches. */
export function tabModeration(): TabModeration {
  tab ??= new TabModeration(storedText('tab', 'swarmdrop-moderation'), connectionCost())
  return tab
}
