// Draws ids that nobody can guess. Knows nothing of what they name.
import { randomFillSync } from 'node:crypto'

const ID_BYTES = 16
/** A call into the system's source costs as much as everything else that a join does: one for so many ids. */
const IDS_A_DRAW = 256

const drawn = Buffer.alloc(ID_BYTES * IDS_A_DRAW)
let used = drawn.length

/** 16 random bytes, 22 base64url characters. */
export function randomId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += ID_BYTES
  return drawn.toString('base64url', used - ID_BYTES, used)
}
