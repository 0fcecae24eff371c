// What a class reads below the podium: why it took so long, what the run teaches, and a question to go on with. Pure.
import type { Verdict } from '@swarmdrop/peer/lab'
import { lessons } from '../lesson-words'
import { reason, settingsOfVerdict, shortDoubts, suggestion } from '../verdict-words'

export type WallSaid = { isTrusted: boolean; sentences: string[]; next: string | undefined }

/** Nobody in the last row reads more. */
const MOST_LESSONS = 1

export function wallSaid(verdict: Verdict, peerCount: number): WallSaid {
  const next = suggestion(verdict, settingsOfVerdict(verdict), peerCount)?.words
  const { result, doubts } = verdict
  if (doubts.length > 0) {
    const why = shortDoubts(result)
    return { isTrusted: false, sentences: [`This run cannot be trusted${why === '' ? '' : `: ${why}`}.`], next }
  }
  return { isTrusted: true, sentences: [reason(verdict), ...lessons(result).slice(0, MOST_LESSONS)], next }
}
