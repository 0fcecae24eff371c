// What is said while a link is made: the files are found, their sizes read, and then all that is in them. Knows no
// page.
import type { HashingProgress, SearchProgress } from '../../session'
import { countOf, formatBytes, percentOf } from '../ui/format'

export function makingWords(progress: HashingProgress | SearchProgress): string {
  if ('totalBytes' in progress) {
    const { hashedBytes, totalBytes } = progress
    return totalBytes === 0 ? 'Checking the files…' : `${formatBytes(hashedBytes)} of ${formatBytes(totalBytes)} read`
  }
  const { found, opened } = progress
  if (found <= 1) return 'Checking the files…'
  if (opened === 0) return `Looking through the folder… ${countOf(found, 'file')}`
  return `Checking ${countOf(found, 'file')}…`
}

/** How much is done of what is done now, in percent: 0 while nothing is counted yet, which is not "all of nothing". */
export function doneOf(progress: HashingProgress | SearchProgress): number {
  if (!('totalBytes' in progress)) return progress.opened === 0 ? 0 : percentOf(progress.opened, progress.found)
  return progress.totalBytes === 0 ? 0 : percentOf(progress.hashedBytes, progress.totalBytes)
}

/** The words for a screen reader, at every step of percent. */
export function spokenWords(progress: HashingProgress | SearchProgress, step: number): string {
  if ('totalBytes' in progress) return `${step} % read`
  return progress.opened === 0 ? 'Checking the files' : `${step} % of the files checked`
}
