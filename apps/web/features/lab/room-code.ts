// A room's code as people type and say it. Knows no room.
import { ROOM_CODE_LENGTH, RoomCode } from '@swarmdrop/core'
import { addressOf } from '../../session/base-path'

/** As it is written, whatever the case and the gaps; undefined for what is none. */
export function roomCodeIn(text: string): RoomCode | undefined {
  return RoomCode.safeParse(text.replaceAll(/[\s-]/g, '').toUpperCase()).data
}

/** In two halves, for the last row. */
export const spokenCode = (code: string) => `${code.slice(0, ROOM_CODE_LENGTH / 2)} ${code.slice(ROOM_CODE_LENGTH / 2)}`

export const roomLink = (code: string) => addressOf(`/lab#${code}`)
