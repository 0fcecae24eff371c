// Loads what writes ZIPs into the page once somebody may want one: a hundred kilobytes that most links do not need.
// Knows nothing of what goes into a ZIP.
import { StoreError } from '@swarmdrop/core'

type ZipPart = typeof import('./zip')

let loading: Promise<ZipPart> | undefined

/** The part that makes ZIPs. Rejects with StoreError where it does not load; the next call tries again. */
export async function zipPart(): Promise<ZipPart> {
  loading ??= import('./zip')
  try {
    return await loading
  } catch {
    loading = undefined
    throw new StoreError(
      'unavailable',
      'The part of this page that makes ZIPs did not load. Try again when the server can be reached.',
    )
  }
}

/** Has it ready: by the time that somebody saves, the server may be away. */
export function expectZip(): void {
  zipPart().catch(() => {})
}
