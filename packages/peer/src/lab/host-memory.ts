// What a teacher's visit remembers over a reload: its room and what was set. Knows nothing of where it is kept.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { RoomCode, RoomToken } from '@swarmdrop/core/signaling'
import { ExperimentPolicy, PeerGroup } from '@swarmdrop/core/simulation'
import * as z from 'zod/mini'
import type { TextMemory } from '../ports'
import type { RoomKey } from './host-room'
import type { KnownMarks } from './marks'
import { firstSettings, type LabSettings } from './settings'

export type HostMemory = {
  room?: RoomKey | undefined
  settings: LabSettings
  pagePeers: number
  marks?: KnownMarks | undefined
  repeats?: number | undefined
  compared?: LabSettings | undefined
}

const MOST_PAGE_PEERS = 30
const MOST_REPEATS = 30
const MOST_SPECIALS = 20

const whole = z.int().check(z.gte(0))
const Kind = z.object({ ...PeerGroup.shape, count: z.optional(whole) })
const Settings = z.object({
  name: z.string(),
  seed: z.int(),
  fileBytes: whole,
  chunkBytes: z.int().check(z.gte(1), z.lte(CHUNK_BYTES)),
  serverUploadBytesPerSecond: z.number(),
  mode: z.enum(['p2p', 'client-server', 'both']),
  everybody: Kind,
  specials: z.array(PeerGroup).check(z.maxLength(MOST_SPECIALS)),
  policy: ExperimentPolicy,
})
const Room = z.object({ room: z.optional(z.object({ code: RoomCode, token: RoomToken })) })
const Memory = z.object({
  ...Room.shape,
  pagePeers: z.int().check(z.gte(0), z.lte(MOST_PAGE_PEERS)),
  marks: z.optional(z.record(z.string(), z.int().check(z.gte(1)))),
  repeats: z.optional(z.int().check(z.gte(1), z.lte(MOST_REPEATS))),
  settings: Settings,
  compared: z.optional(Settings),
})

/** The room outlives settings that this version cannot use. */
export function rememberedHost(memory: TextMemory): HostMemory | undefined {
  try {
    const value: unknown = JSON.parse(memory.read() ?? 'null')
    const whole = Memory.safeParse(value).data
    if (whole) return whole
    const room = Room.safeParse(value).data?.room
    return room && { room, settings: firstSettings, pagePeers: 0 }
  } catch {
    return undefined
  }
}

/** Remembers the host's room; where nothing is kept, a reload opens a new one. */
export function rememberHost(memory: TextMemory, remembered: HostMemory): void {
  memory.write(JSON.stringify(remembered))
}
