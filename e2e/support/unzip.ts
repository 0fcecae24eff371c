// Unpacks a ZIP by Info-ZIP's `unzip`, which is no part of ours.
import { execFileSync } from 'node:child_process'

/** Throws with what `unzip` said when the archive is not whole. */
export function unzip(archive: string, directory: string): void {
  // In a locale without UTF-8 it would write other names for those outside ASCII.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  execFileSync('unzip', ['-tq', archive], { env })
  execFileSync('unzip', ['-q', archive, '-d', directory], { env })
}
