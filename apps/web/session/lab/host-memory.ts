// What the teacher's page remembers over a reload: its room and what was set. Lives as long as the tab.
import { CHUNK_BYTES, ExperimentPolicy, PeerGroup, RoomCode, RoomToken } from '@swarmdrop/core'
import * as z from 'zod/mini'
import type { LabSettings } from './settings'

export type HostMemory = {
  code?: string | undefined
  token?: string | undefined
  settings: LabSettings
  pagePeers: number
}

const KEY = 'swarmdrop-lab-host'

const whole = z.int().check(z.gte(0))
const Kind = z.object({ ...PeerGroup.shape, count: z.optional(whole) })
const Memory = z.object({
  code: z.optional(RoomCode),
  token: z.optional(RoomToken),
  pagePeers: z.int().check(z.gte(0), z.lte(30)),
  settings: z.object({
    name: z.string(),
    seed: z.int(),
    fileBytes: whole,
    chunkBytes: z.int().check(z.gte(1), z.lte(CHUNK_BYTES)),
    serverUploadBytesPerSecond: z.number(),
    mode: z.enum(['p2p', 'client-server', 'both']),
    everybody: Kind,
    specials: z.array(PeerGroup).check(z.maxLength(20)),
    policy: ExperimentPolicy,
  }),
})

export function rememberedHost(): HostMemory | undefined {
  try {
    return Memory.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null')).data
  } catch {
    return undefined
  }
}

export function rememberHost(memory: HostMemory): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory))
  } catch {
    // A browser that keeps nothing: a reload opens a new room.
  }
}
