// A student's seat, remembered over a reload: as long as the tab lives, and for this tab alone.
import { RoomCode, RoomMark, RoomToken } from '@swarmdrop/core'
import * as z from 'zod/mini'

const KEY = 'swarmdrop-lab-seat'
/** `room`: by which the tab knows this room from another that took its code. */
const Seat = z.object({ code: RoomCode, name: z.string().check(z.maxLength(40)), token: RoomToken, room: RoomMark })

export type Seat = z.infer<typeof Seat>

export function rememberedSeat(code: string): Seat | undefined {
  try {
    const seat = Seat.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null')).data
    return seat?.code === code ? seat : undefined
  } catch {
    return undefined
  }
}

export function rememberSeat(seat: Seat): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(seat))
  } catch {
    // A browser that keeps nothing: after a reload one is somebody new.
  }
}
