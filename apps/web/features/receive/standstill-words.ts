// Says why a download stands still. Pure; knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { formatBytes } from '../ui/format'
import { couldGoWords } from './could-go-words'

type Standstill = { title: string; words: string; way?: 'ask' | 'make-room' }

/** Whether nobody is there who has what is missing. */
export const isAlone = ({ phase, neighbours, connectionProblem }: TransferSnapshot): boolean =>
  phase === 'downloading' && connectionProblem === undefined && !neighbours.some(({ amInterested }) => amInterested)

/** `isLeft`: it has been alone for long enough to say so. */
export function standstillOf(snapshot: TransferSnapshot, isLeft: boolean): Standstill | undefined {
  const { phase, problem, fault, couldGo, tracker } = snapshot
  if (phase === 'paused' && problem !== undefined) {
    const words = couldGo === undefined ? problem : `${problem} ${couldGoWords(couldGo)}`
    if (fault !== 'no-space') return { title: 'The download has stopped', words }
    const title = `${formatBytes(bytesMissing(snapshot))} more are needed`
    return { title, words, ...(couldGo && { way: 'make-room' }) }
  }
  if (!isLeft) return undefined
  if (tracker === 'offline')
    return {
      title: 'The connection is lost',
      words: `This page continues automatically when it is back. ${hereWords(snapshot)}`,
    }
  return {
    title: 'Nobody who has the missing parts is online',
    words: `${hereWords(snapshot)} This page continues automatically when they come back. Ask the sender to open it again.`,
    way: 'ask',
  }
}

const bytesMissing = ({ bytesChosen, chunksChosen, chunksHeld }: TransferSnapshot) =>
  chunksChosen === 0 ? bytesChosen : ((chunksChosen - chunksHeld) / chunksChosen) * bytesChosen

function hereWords(snapshot: TransferSnapshot): string {
  const here = snapshot.bytesChosen - bytesMissing(snapshot)
  if (here < 1) return ''
  return `${formatBytes(here)} of ${formatBytes(snapshot.bytesChosen)} are ${snapshot.keeping === 'kept' ? 'kept' : 'here'}.`
}
