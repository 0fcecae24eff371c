// Says what of a choice is not in its link, and why. Pure; knows nothing of how it is drawn.
import type { LeftOut } from '../../session'
import { countOf, formatCount } from '../ui/format'

const NAMED = 3

/** `chosen`: how many there were with it. */
export function leftOutTitle(leftOut: readonly LeftOut[], chosen: number): string {
  const folders = leftOut.filter(({ folder }) => folder).length
  const files = leftOut.length - folders
  // Nobody knows how many files there are in a folder that cannot be opened.
  if (folders === 0) return `${formatCount(files)} of ${countOf(chosen, 'file')} ${were(files)} left out`
  const what = [files > 0 ? countOf(files, 'file') : undefined, countOf(folders, 'folder')]
    .filter(Boolean)
    .join(' and ')
  return `${what} ${were(leftOut.length)} left out`
}

const WHY: Record<LeftOut['why'], [one: string, several: string]> = {
  denied: ['cannot be opened: check its permissions.', 'cannot be opened: check their permissions.'],
  gone: ['is no longer there.', 'are no longer there.'],
  unreadable: [
    'could not be read: it was changed or deleted just now, or cannot be opened.',
    'could not be read: they were changed or deleted just now, or cannot be opened.',
  ],
}

/** A sentence for each reason, with the first few names. */
export function leftOutReasons(leftOut: readonly LeftOut[]): string {
  return (Object.keys(WHY) as LeftOut['why'][])
    .map((why) => [WHY[why], leftOut.filter((one) => one.why === why)] as const)
    .filter(([, those]) => those.length > 0)
    .map(([[one, several], those]) => `${named(those)} ${those.length === 1 ? one : several}`)
    .join(' ')
}

function named(those: readonly LeftOut[]): string {
  const names = those.slice(0, NAMED).map(({ path }) => `“${path}”`)
  const more = those.length - names.length
  const all = more > 0 ? [...names, `${formatCount(more)} more`] : names
  const last = all.pop() ?? ''
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`
}

const were = (count: number) => (count === 1 ? 'was' : 'were')
