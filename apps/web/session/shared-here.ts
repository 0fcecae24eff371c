// What this tab was sharing last, so that a reload does not lose it. Knows no file: those, only the person can give
// again; but a note.
import * as z from 'zod/mini'
import { storedText } from '../adapters/device/stored-text'

const SharedHere = z.object({
  /** The link's 43 characters. */
  id: z.string(),
  name: z.string(),
  /** Which dialog chooses it again. */
  kind: z.enum(['file', 'folder']),
  /** All there was, and on no disk: nobody could choose it again. */
  note: z.optional(z.object({ text: z.string(), writtenAt: z.number() })),
})
type SharedHere = z.infer<typeof SharedHere>

/** A folder's name stands before all that is in it. */
export const kindOf = (name: string, files: readonly { path: string }[]): SharedHere['kind'] =>
  files.every(({ path }) => path.startsWith(`${name}/`)) ? 'folder' : 'file'

const memory = storedText('tab', 'swarmdrop-shared-here')

/** A note too long for the tab's memory is not remembered. */
export function rememberSharedHere(shared: SharedHere): void {
  if (!memory.write(JSON.stringify(shared))) memory.clear()
}

export const forgetSharedHere = (): unknown => memory.clear()

/** The transfer that was shared here; undefined: none, or it was stopped on purpose. */
export function sharedHere(): SharedHere | undefined {
  try {
    return SharedHere.safeParse(JSON.parse(memory.read() ?? 'null')).data
  } catch {
    return undefined
  }
}
