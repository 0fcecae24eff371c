// What came of the last runs, in sentences for a class: how much sooner together, why, whether it can be believed, and
// what to try next. Pure.
import type { Binding } from '@swarmdrop/core/theory'
import {
  atSpeed,
  type Doubt,
  doubtsOf,
  type LabResult,
  type LabSettings,
  labDataProblem,
  settingsOf,
  type Verdict,
  type VerdictTime,
} from '@swarmdrop/peer/lab'
import { pointInWords } from '../charts/distribution-data'
import { formatSeconds } from '../ui/format'
import { hadFewChunks } from './lesson-words'

/** Below, nobody would notice. */
const NOTICEABLE = 1.05
/** The factor within which a time is so near to the bound that nothing is left to explain. */
const NEAR = 1.1

/** The headline. Of runs that cannot be trusted, no more than their times. */
export function headline({ together, alone, doubts }: Verdict): string {
  const times = alone.seconds / together.seconds
  const both = `Together ${timeWords(together)}, alone ${timeWords(alone)}`
  if (doubts.length > 0) return `${both}.`
  if (times >= NOTICEABLE) return `${both}: ${timesWords(times)} as fast.`
  if (times <= 1 / NOTICEABLE) return `${both}: slower together.`
  return `${both}: no noticeable difference.`
}

/** The words for what the times are means of; undefined: each is of a single run. */
export function meansWords({ together, alone }: Verdict): string | undefined {
  const runs = [together.runs, alone.runs].filter((count) => count !== undefined)
  if (runs.length === 0) return undefined
  const counts = runs.length === 2 && runs[0] !== runs[1] ? `${runs[0]} and ${runs[1]} runs` : `${runs[0]} runs`
  return `Means of ${counts}, in brackets their 95\u00a0% intervals.`
}

/** A time in words. What was not run is what theory says. */
const timeWords = ({ seconds, isMeasured, interval }: VerdictTime): string =>
  isMeasured ? pointInWords({ seconds, ...(interval && { interval }) }) : `at least ${formatSeconds(seconds)} by theory`

const timesWords = (times: number): string => {
  const digits = times < 9.95 ? times.toFixed(1).replace(/\.0$/, '') : times.toFixed(0)
  return digits === '2' ? 'twice' : `${digits} times`
}

/** The words for what sets the pace, and how near it came to that. */
export function reason({ binding, bound, result }: Verdict): string {
  const least = formatSeconds(bound)
  const isCopiesAlone = result.experiment.mode === 'client-server' && binding === 'server-upload'
  const why = isCopiesAlone
    ? `The server’s upload sets the pace: sending everybody’s copies takes ${least}.`
    : WHY[binding](least)
  const ratio = result.measured.ratio ?? 1
  if (ratio < NEAR) return `${why} It could hardly have been faster.`
  return `${why} It took ${ratio.toFixed(ratio < 9.95 ? 1 : 0)} times as long as that.`
}

const WHY: Record<Binding, (least: string) => string> = {
  'server-upload': (least) => `The server’s upload sets the pace: sending the file once takes ${least}.`,
  'slowest-download': (least) => `The slowest download sets the pace: downloading the file takes it ${least}.`,
  'total-upload': (least) =>
    `All uploads together set the pace: sending everybody’s copies, whole chunks at a time, takes ${least}.`,
}

/** Why a run is drawn in grey, and what to do about it. Empty: it can be believed. */
export function doubtWords(result: LabResult): string[] {
  return doubtsOf(result).map((doubt) => DOUBTS[doubt](result))
}

/** The same in a few words, where there is a line for them: "too slow, page froze". */
export const shortDoubts = (result: LabResult): string =>
  doubtsOf(result)
    .map((doubt) => SHORT_DOUBTS[doubt])
    .join(', ')

const SHORT_DOUBTS: Record<Doubt, string> = {
  slower: 'much slower than simulated',
  faster: 'faster than is possible',
  'stood-still': 'this page froze',
  unlimited: 'the limits were not reached',
}

const DOUBTS: Record<Doubt, (result: LabResult) => string> = {
  slower: ({ measured, simulated }) =>
    `It took ${formatSeconds(measured.distributionSeconds ?? 0)}, and ${formatSeconds(simulated.distributionSeconds ?? 0)} in simulation: this computer or the network could not keep up with these speeds.`,
  faster: () =>
    'It was faster than is possible: each speed limit lets a first 64 KiB or more through at once, which counts in so small a file. Use a larger file.',
  'stood-still': ({ stoodStillShare = 0 }) =>
    `This page froze for ${Math.round(100 * stoodStillShare)} % of the time: the computer had too much to do.`,
  unlimited: ({ limitedShare = 0 }) =>
    `The speed limits hardly ever held anything back (${Math.round(100 * limitedShare)} % of the time), though they should have set the pace: the network or a device was slower than the speeds that are set.`,
}

/** `change`: what would be tried, of what is set by now: all that the question does not name stays as it is. */
export type Suggestion = { words: string; change: (now: LabSettings) => Partial<LabSettings> }

/**
 * A suggestion what to try next; undefined: nothing would surely teach something, or could be run. `of`: the settings
 * of the run. `isOwnFile`: the file is the teacher's own, and has the size that it has.
 */
export function suggestion(
  { doubts, binding, result }: Verdict,
  of: LabSettings,
  peerCount: number,
  isOwnFile = false,
): Suggestion | undefined {
  if (doubts.some((doubt) => doubt !== 'faster'))
    return { words: 'What if all speeds are half as high?', change: (now) => atSpeed(now, 0.5) }
  const { fileBytes, chunkBytes, serverUploadBytesPerSecond } = of
  if (doubts.length > 0)
    return isOwnFile || !canRun(4 * fileBytes, chunkBytes)
      ? undefined
      : { words: 'What if the file is four times as large?', change: () => ({ fileBytes: 4 * fileBytes }) }
  if (of.mode !== 'both') return { words: 'How long do both ways take?', change: () => ({ mode: 'both' }) }
  const smaller = chunkBytes / 4
  if (hadFewChunks(result) && smaller >= LEAST_CHUNK_BYTES && canRun(fileBytes, smaller))
    return { words: 'What if chunks are a quarter of the size?', change: () => ({ chunkBytes: smaller }) }
  if (of.specials.length === 0 && peerCount > 2)
    return {
      words: 'What if one of them uploads nothing?',
      change: ({ everybody }) => ({ specials: [{ ...everybody, behaviour: 'free-rider', count: 1 }] }),
    }
  if ((of.policy.picker ?? 'rarest-first') === 'rarest-first')
    return {
      words: 'What if chunks are taken in file order?',
      change: ({ policy }) => ({ policy: { ...policy, picker: 'sequential' } }),
    }
  if (binding === 'server-upload')
    return {
      words: 'What if the server is twice as fast?',
      change: () => ({ serverUploadBytesPerSecond: 2 * serverUploadBytesPerSecond }),
    }
  return undefined
}

/** Smaller ones are no use: each costs its messages. */
const LEAST_CHUNK_BYTES = 16_384

const canRun = (fileBytes: number, chunkBytes: number): boolean => labDataProblem(fileBytes, chunkBytes) === undefined

/** Whether a change is what is set, all of it. */
export const isSet = (change: Partial<LabSettings>, now: LabSettings): boolean =>
  Object.entries(change).every(
    ([key, value]) => JSON.stringify(now[key as keyof LabSettings]) === JSON.stringify(value),
  )

/** The settings that a verdict is of, as they would be set again. */
export function settingsOfVerdict({ together, alone, result }: Verdict): LabSettings {
  const { settings } = settingsOf(result.experiment)
  return together.isMeasured && alone.isMeasured ? { ...settings, mode: 'both' } : settings
}
