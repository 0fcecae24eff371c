// Says in one sentence how a transfer stands. Pure; knows nothing of how it is drawn.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { countOf, countPeople, formatBytes, formatDuration, formatRate } from '../ui/format'
import { hasAllItWants } from '../ui/people'
import { couldGoWords } from './could-go-words'

/** What only the page knows: looking has gone on long enough to wonder. */
type Seen = { waited?: boolean }

export function statusOf(snapshot: TransferSnapshot, { waited = false }: Seen = {}): string {
  const { problem, couldGo } = snapshot
  if (problem !== undefined) return couldGo === undefined ? problem : `${problem} ${couldGoWords(couldGo)}`
  switch (snapshot.phase) {
    case 'connecting':
    case 'metadata':
      return lookingWords(snapshot, waited)
    case 'ready':
      if (snapshot.filesChosen === 0) return 'Choose at least one file below.'
      return snapshot.neighbours.length > 0
        ? `Nothing downloads until you click Download.${passingWords(snapshot)}`
        : snapshot.connectionProblem === undefined
          ? 'Nobody who has it is online. Download waits and starts automatically when they are.'
          : 'Download waits and starts automatically when you are connected to them.'
    case 'downloading':
      return downloadingWords(snapshot)
    case 'paused':
      return 'Nothing is sent or received until you continue.'
    case 'complete':
      return helpingWords(snapshot)
    case 'failed':
      return 'It stopped for an unknown reason.'
  }
}

/** The word on a paused transfer's button: it goes on with what is here, or fetches again what no longer is. */
export const wayOnWord = (fault: TransferSnapshot['fault']): string =>
  fault === 'vanished' || fault === 'damaged' ? 'Fetch it again' : fault === 'no-space' ? 'Try again' : 'Continue'

function lookingWords({ tracker, neighbours, connectionProblem }: TransferSnapshot, waited: boolean): string {
  if (neighbours.length > 0) return `Found ${countPeople(neighbours.length)}. Asking for the list of files…`
  if (tracker === 'offline' || (tracker === 'connecting' && waited))
    return 'The server that introduces people cannot be reached. This page keeps trying.'
  if (connectionProblem !== undefined) return 'Trying to connect to them…'
  if (!waited) return 'Looking for people who have it…'
  return 'Nobody who has it is online. This page waits and opens it when they are. If it never does, ask for the link again.'
}

const passingWords = ({ receiveOnly }: TransferSnapshot) =>
  receiveOnly ? '' : ' While this page is open, it passes the file on to others.'

function downloadingWords(snapshot: TransferSnapshot): string {
  const { neighbours, connectionProblem } = snapshot
  if (connectionProblem !== undefined) return 'Waiting for a connection to those who have the missing parts.'
  const useful = neighbours.filter(({ amInterested }) => amInterested)
  if (useful.length === 0) return 'Waiting: nobody who has the missing parts is online.'
  const sources = useful.filter(({ peerChoking }) => !peerChoking).length
  if (sources === 0) return 'Waiting for a turn: those who have it are serving others.'
  const served = countServed(neighbours)
  const rate = snapshot.uploadRate > 0 ? ` at ${formatRate(snapshot.uploadRate)}` : ''
  const passing = served === 0 ? '' : `, and passing it on to ${served}${rate}`
  return `Downloading from ${countPeople(sources)}${passing}.`
}

function helpingWords(snapshot: TransferSnapshot): string {
  if (snapshot.receiveOnly) return closingWords(snapshot)
  const helped = snapshot.neighbours.filter((person) => !person.paused && !hasAllItWants(person)).length
  return helped > 0 ? `${closingWords(snapshot)} You are helping ${countOf(helped, 'other')}.` : closingWords(snapshot)
}

/** “12.0 MB in 22 s. You passed on 8.7 MB.” */
export function sumWords({ bytesChosen, uploadedBytes, chunksRestored, distribution }: TransferSnapshot): string {
  const took = distribution.people.find(({ number }) => number === 0)?.tookSeconds
  // Of what was here before, nobody measured how long it took.
  const time = took === undefined || chunksRestored !== undefined ? '' : ` in ${formatDuration(took)}`
  const passed = uploadedBytes > 0 ? ` You passed on ${formatBytes(uploadedBytes)}.` : ''
  return `${formatBytes(bytesChosen)}${time}.${passed}`
}

/**
 * The closing words. Nobody tells a page whether a download has arrived: only a file that the person chose is known to
 * be saved.
 */
function closingWords({ saved, keeping, receiveOnly }: TransferSnapshot): string {
  const stay = receiveOnly ? '' : ', or stay to help others'
  if (saved === 'saved') return `It is saved. Close any time${stay}.`
  if (saved === undefined) return `Save it. Then close any time${stay}.`
  return keeping === 'kept'
    ? 'It was handed to your browser: check its downloads. A copy stays here, so close any time.'
    : 'It was handed to your browser: before you close this page, check in its downloads that it has arrived.'
}

const countServed = (neighbours: NeighbourSnapshot[]) =>
  neighbours.filter(({ amChoking, peerInterested }) => peerInterested && !amChoking).length
