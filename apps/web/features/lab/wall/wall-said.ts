// What a class reads below the podium: what the run teaches, or else what set its pace, and a question to go on with.
// Pure.
import type { Verdict } from '@swarmdrop/peer/lab'
import { shortLesson } from '../lesson-words'
import { reason, settingsOfVerdict, shortDoubts, suggestion } from '../verdict-words'

export type WallSaid = { isTrusted: boolean; sentences: string[]; next: string | undefined }

export function wallSaid(verdict: Verdict, peerCount: number, isOwnFile: boolean): WallSaid {
  const next = suggestion(verdict, settingsOfVerdict(verdict), peerCount, isOwnFile)?.words
  const { result, doubts } = verdict
  if (doubts.length > 0) {
    const why = shortDoubts(result)
    return { isTrusted: false, sentences: [`This run cannot be trusted${why === '' ? '' : `: ${why}`}.`], next }
  }
  // Nobody in the last row reads more than one thing.
  return { isTrusted: true, sentences: [shortLesson(result) ?? reason(verdict)], next }
}
