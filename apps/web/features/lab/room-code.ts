// A room's code as people type and say it. Knows no room.
import { plainText } from '@swarmdrop/core'
import { ROOM_CODE_LENGTH, RoomCode } from '@swarmdrop/core/signaling'
import { addressOf } from '../../session/base-path'

/** A stretch as long as a code, perhaps in two halves. */
const LIKE_CODE = /(?<![A-Z\d])[A-Z\d]{3}[\s-]?[A-Z\d]{3}(?![A-Z\d])/g

/**
 * The room code in a text, whatever the case, the gaps, and what a chat has put round it; undefined for what is none.
 */
export function roomCodeIn(text: string): RoomCode | undefined {
  const plain = plainText(text).toUpperCase()
  const candidates = [plain, ...(plain.match(LIKE_CODE) ?? [])]
  return candidates
    .map((one) => RoomCode.safeParse(one.replaceAll(/[\s-]/g, '')).data)
    .find((code) => code !== undefined)
}

/** The code in two halves, for the last row. */
export const spokenCode = (code: string) => `${code.slice(0, ROOM_CODE_LENGTH / 2)} ${code.slice(ROOM_CODE_LENGTH / 2)}`

export const roomLink = (code: string) => addressOf(`/lab#${code}`)
