// What this tab was sharing last, so that a reload does not lose it. Knows no file: those, only the person can give again.
import * as z from 'zod/mini'
import { storedText } from '../adapters/device/stored-text'

const SharedHere = z.object({
  /** The link's 43 characters. */
  id: z.string(),
  name: z.string(),
  /** Which dialog chooses it again. */
  kind: z.enum(['file', 'folder']),
})
type SharedHere = z.infer<typeof SharedHere>

/** A folder's name stands before all that is in it. */
export const kindOf = (name: string, files: readonly { path: string }[]): SharedHere['kind'] =>
  files.every(({ path }) => path.startsWith(`${name}/`)) ? 'folder' : 'file'

const memory = storedText('tab', 'swarmdrop-shared-here')

export const rememberSharedHere = (shared: SharedHere): unknown => memory.write(JSON.stringify(shared))
export const forgetSharedHere = (): unknown => memory.clear()

/** Undefined: nothing, or it was stopped on purpose. */
export function sharedHere(): SharedHere | undefined {
  try {
    return SharedHere.safeParse(JSON.parse(memory.read() ?? 'null')).data
  } catch {
    return undefined
  }
}
