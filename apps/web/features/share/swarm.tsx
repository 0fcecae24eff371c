// The moment when somebody opens the link: the live picture grows in its place, and at the end stands what the swarm
// did.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { bytesLeft } from '../distribution/pace-words'
import { useSecondsLeft } from '../distribution/use-seconds-left'
import { ClosingPicture } from './closing'
import { closingSentence } from './closing-words'
import { peopleLine } from './people-line'
import { SwarmView } from './swarm-view'

export function Swarm({ snapshot }: { snapshot: TransferSnapshot }) {
  const secondsLeft = useSecondsLeft(bytesLeft(snapshot), snapshot)
  const sentence = closingSentence(snapshot)
  return (
    <SwarmView
      below={sentence && <ClosingPicture people={peopleOf(snapshot)} sentence={sentence} />}
      line={sentence ? <strong data-testid="closing">{sentence}</strong> : peopleLine(snapshot, secondsLeft)}
      snapshot={snapshot}
    />
  )
}

/** The people whom the sentence counts. */
const peopleOf = ({ distribution }: TransferSnapshot) =>
  distribution.people
    .filter(({ role }) => role === 'downloader')
    .map(({ number, tookSeconds }) => ({ number, hasAll: tookSeconds !== undefined }))
