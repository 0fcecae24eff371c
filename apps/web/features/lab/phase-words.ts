// Where the laboratory stands, in a sentence. Pure.
import type { LabSnapshot } from '@swarmdrop/peer/lab'
import { MODE_WORDS } from '../experiment/labels'
import { atBeginning, countOf, formatAbout } from '../ui/format'

export function phaseInWords({ phase, run, step, peerCount: count }: LabSnapshot): string {
  if (phase === 'setup' || phase === 'done')
    return count === 0
      ? 'Add peers to begin.'
      : `${countOf(count, 'peer')} ready to begin${phase === 'done' ? ' again' : ''}.`
  if (phase === 'failed') return 'Stopped.'
  const left =
    step && step.of > 1 ? `, about ${formatAbout(Math.max(1, step.secondsLeft - (run?.seconds ?? 0)))} left` : ''
  const which = step && step.of > 1 ? `Run ${step.at} of ${step.of}${left}: ` : ''
  if (!run) return `${which}preparing the data.`
  const { participants, seconds, startsInSeconds } = run
  const words = MODE_WORDS[run.experiment.mode]
  const mode = which === '' ? atBeginning(words) : words
  if (phase === 'connecting') {
    const waited = participants.filter(({ stage }) => stage === 'connecting').map(({ name }) => name)
    const names =
      waited.length > 4 ? `${waited.slice(0, 4).join(', ')} and ${waited.length - 4} more` : waited.join(', ')
    return `${which}${mode}, connecting everybody. Waiting for ${names === '' ? 'the start' : names}.`
  }
  if (startsInSeconds > 0) return `${which}${mode}, everybody is connected. Starting in ${Math.ceil(startsInSeconds)}.`
  const peers = participants.filter(({ behaviour }) => behaviour !== 'server')
  const complete = peers.filter(({ completedAfterMs }) => completedAfterMs !== undefined).length
  return `${which}${mode}, ${seconds.toFixed(0)} s: ${complete} of ${peers.length} have the whole file.`
}
