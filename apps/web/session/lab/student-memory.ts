// A student's seat, remembered over a reload: as long as the tab lives, and for this tab alone.
import { RoomCode, RoomToken } from '@swarmdrop/core'
import * as z from 'zod/mini'

const KEY = 'swarmdrop-lab-seat'
const Seat = z.object({ code: RoomCode, name: z.string().check(z.maxLength(40)), token: RoomToken })

export function rememberedSeat(code: string): z.infer<typeof Seat> | undefined {
  try {
    const seat = Seat.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null')).data
    return seat?.code === code ? seat : undefined
  } catch {
    return undefined
  }
}

export function rememberSeat(seat: z.infer<typeof Seat>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(seat))
  } catch {
    // A browser that keeps nothing: after a reload one is somebody new.
  }
}
