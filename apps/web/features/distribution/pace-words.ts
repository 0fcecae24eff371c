// The one line above “How it went”: about how long it still takes, and how long without each other's help. Pure; no
// clock of its own.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { countPeople, formatAbout } from '../ui/format'
import { hasAllItWants } from '../ui/people'

/** The gain from which it is worth saying how long it would take alone. */
const NOTICEABLE = 1.1

type Facts = Pick<
  TransferSnapshot,
  'bytes' | 'bytesChosen' | 'chunkCount' | 'chunksHeld' | 'chunksChosen' | 'distribution' | 'neighbours' | 'role'
>

/** Bytes that people still lack of what they want, those who have paused left out; of everybody, this peer too. */
export function bytesLeft({ bytes, chunkCount, chunksHeld, chunksChosen, neighbours, role }: Facts): number {
  if (chunkCount === 0) return 0
  const own = role === 'sender' ? 0 : Math.max(0, chunksChosen - chunksHeld)
  const chunks = neighbours
    .filter((person) => !person.paused && !hasAllItWants(person) && isFetching(person))
    .reduce((sum, person) => sum + Math.max(0, person.chunksChosen - person.chunksHeld), own)
  return (chunks / chunkCount) * bytes
}

/** Whether a person is fetching: one who has only opened the link wants nothing yet. */
const isFetching = ({ chunksHeld, peerInterested }: Facts['neighbours'][number]) => chunksHeld > 0 || peerInterested

/** How long what is left would take if the sender sent each of them all of it. Undefined where that is not known. */
export function aloneSeconds(facts: Facts): number | undefined {
  const { bounds } = facts.distribution
  return bounds && bytesLeft(facts) / bounds.serverUploadBytesPerSecond
}

/** A receiver's line: “About 40 s to go; alone you would need 1 min 50 s.” Empty where nothing is known. */
export const paceLine = (secondsLeft: number | undefined, alone: number | undefined): string =>
  secondsLeft === undefined ? '' : `About ${formatAbout(secondsLeft)} to go${aloneWords(secondsLeft, alone)}.`

/** The sender's line: “3 people, about 40 s to go; alone you would need 1 min 50 s.” */
export const peoplePaceLine = (people: number, secondsLeft: number | undefined, alone: number | undefined): string =>
  secondsLeft === undefined
    ? `${countPeople(people)} downloading.`
    : `${countPeople(people)}, about ${formatAbout(secondsLeft)} to go${aloneWords(secondsLeft, alone)}.`

const aloneWords = (secondsLeft: number, alone: number | undefined) =>
  alone === undefined || alone < NOTICEABLE * secondsLeft ? '' : `; alone you would need ${formatAbout(alone)}`

/** People who are fetching now, this peer left out. */
export const countFetching = ({ neighbours }: Pick<Facts, 'neighbours'>): number =>
  neighbours.filter((person) => !person.paused && !hasAllItWants(person) && isFetching(person)).length
