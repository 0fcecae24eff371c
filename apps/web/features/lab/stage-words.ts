// How a student's part in a run goes, in a sentence or two. Pure.
import type { OwnRun } from '@swarmdrop/peer/lab'
import { formatSeconds } from '../ui/format'

/** `rank`: among all, in a sentence; empty where it is not known. */
export function stageInWords(
  { stage, plan, completedAfterMs, seconds, reason, elapsedSeconds, startsInSeconds }: OwnRun,
  rank: string,
): string {
  const done = completedAfterMs === undefined ? '' : `You finished in ${formatSeconds(completedAfterMs / 1000)}. `
  if (startsInSeconds > 0) return `Starts in ${Math.ceil(startsInSeconds)}…`
  if (stage === 'connecting') return 'Connecting to the others. The run begins when all are ready.'
  if (stage === 'away') {
    const { rejoinAtMs } = plan
    const back = done === '' && rejoinAtMs !== undefined ? ` You come back ${rejoinAtMs / 1000} s after the start.` : ''
    return `${done}In this experiment you leave the swarm now.${back} Keep this tab open.`
  }
  if (stage === 'over') {
    if (seconds === null || seconds === undefined)
      return `${done}${reason === '' ? 'The run is over.' : reason} Keep this tab open for the next one.`
    const had = rank === '' ? '' : `${rank.replace('You are', 'You were')} `
    return `${done}${had}The last one finished in ${formatSeconds(seconds)}. Keep this tab open for the next run.`
  }
  if (done !== '') return `${done}${rank} You are helping the others now.`
  return `${elapsedSeconds.toFixed(0)} s. ${rank}`
}
