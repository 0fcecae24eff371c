// Says in words what passes between this tab and a neighbour. Knows nothing of how it is drawn.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { countPeople } from './format'
import { hasAllItWants } from './people'

type Flags = Pick<
  NeighbourSnapshot,
  'amChoking' | 'peerChoking' | 'amInterested' | 'peerInterested' | 'optimistic' | 'paused'
> & { uploadRate?: number }

type Progress = Pick<NeighbourSnapshot, 'complete' | 'chunksHeld' | 'chunksChosen'>

/** What we get from a person. `phase`: how far we are. */
export function fromThem({ amInterested, peerChoking, paused }: Flags, phase?: TransferSnapshot['phase']): string {
  if (paused) return 'paused'
  if (phase === 'paused') return 'you have paused'
  if (phase === 'complete') return 'you have everything'
  if (!amInterested) return 'has nothing you need'
  return peerChoking ? 'chokes you' : 'downloading from'
}

/** What a person gets from us. */
export function toThem(person: Flags & Progress): string {
  const { peerInterested, amChoking, optimistic, paused, uploadRate = 0 } = person
  if (paused) return 'paused'
  if (hasAllItWants(person)) return 'has everything'
  if (!peerInterested) return 'needs nothing from you'
  if (amChoking) return 'choked by you'
  const turn = optimistic ? ', optimistic' : ''
  return uploadRate > 0 ? `uploading to${turn}` : `waiting to send${turn}`
}

/** What a person gets, for somebody who sends and has never heard of choking. */
export function servingWords(person: Flags & Progress): string {
  if (person.complete) return 'Has everything'
  if (hasAllItWants(person)) return 'Has the files they chose'
  if (person.paused) return 'Paused'
  if (person.peerInterested) return person.amChoking ? 'Waiting for a turn' : 'Getting it from you'
  return person.chunksHeld > 0 ? 'Getting it from others' : 'Has opened the link'
}

/** Who could give us the file: "2 people have it", "1 person has it, 3 have parts". */
export function whoHasIt(
  neighbours: Pick<NeighbourSnapshot, 'complete' | 'chunksHeld'>[],
  connectionProblem?: TransferSnapshot['connectionProblem'],
): string {
  const whole = neighbours.filter(({ complete }) => complete).length
  const some = neighbours.filter(({ complete, chunksHeld }) => !complete && chunksHeld > 0).length
  const have = (count: number) => (count === 1 ? 'has' : 'have')
  if (connectionProblem !== undefined) return 'Cannot connect to the others yet'
  if (whole === 0) return some === 0 ? 'Nobody who has it is online' : `${countPeople(some)} ${have(some)} parts of it`
  return `${countPeople(whole)} ${have(whole)} it${some === 0 ? '' : `, ${some} ${have(some)} parts`}`
}
