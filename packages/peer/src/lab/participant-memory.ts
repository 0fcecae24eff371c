// A participant's seat, remembered over a reload. Knows nothing of where it is kept.
import { MAX_NAME_CHARACTERS, RoomCode, RoomMark, RoomToken } from '@swarmdrop/core/signaling'
import * as z from 'zod/mini'
import type { TextMemory } from '../ports'

/** `room`: by which the participant knows this room from another that took its code. */
const Seat = z.object({
  code: RoomCode,
  name: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
  token: RoomToken,
  room: RoomMark,
})

export type Seat = z.infer<typeof Seat>

export function rememberedSeat(memory: TextMemory, code: string): Seat | undefined {
  try {
    const seat = Seat.safeParse(JSON.parse(memory.read() ?? 'null')).data
    return seat?.code === code ? seat : undefined
  } catch {
    return undefined
  }
}

/** Remembers the seat. Where nothing is kept, one is somebody new after a reload. */
export function rememberSeat(memory: TextMemory, seat: Seat): void {
  memory.write(JSON.stringify(seat))
}
