// Says how a distribution goes, in sentences for people who have never heard of peers. Pure; knows nothing of how it is
// drawn.
import type { Distribution, DistributionBounds, TransferSnapshot } from '@swarmdrop/peer'
import { countPeople, formatSeconds } from '../ui/format'
import { wantsPart } from '../ui/people'

/** The gain from which it can be noticed. */
const NOTICEABLE = 1.05
/** Below these, it does not matter that they did not start together. */
const SMALL_SPREAD_SECONDS = 1
const SMALL_SPREAD_SHARE = 0.1

/** How many are counted; anyone who chose some of the files is not, as theory is of those who fetch the whole. */
export const countedWords = (snapshot: CountedFacts): string => {
  const { count } = snapshot.distribution
  if (count > 0) return countPeople(count)
  return choosingPart(snapshot) > 0 ? 'Nobody is downloading all of it' : 'Nobody has started yet'
}

type CountedFacts = Pick<TransferSnapshot, 'distribution' | 'neighbours' | 'chunkCount' | 'chunksChosen'>

/** People who have chosen some of the files, this peer among them. */
export const choosingPart = ({ neighbours, chunkCount, chunksChosen }: CountedFacts): number =>
  [{ chunksChosen }, ...neighbours].filter((person) => wantsPart(person, chunkCount)).length

/** The words for what sets the pace, and how far it is by that. `parts`: people who have chosen some of the files. */
export function paceWords(distribution: Distribution, parts = 0): string {
  const { phase, bounds, missing, measuredSeconds = 0 } = distribution
  if (phase === 'waiting') return `The clock starts with the first download${parts > 0 ? ' of all of it' : ''}.`
  if (!bounds) return missingWords(missing)
  const least = formatSeconds(bounds.p2pSeconds)
  return `${whatBinds(distribution, bounds)}: ${formatSeconds(measuredSeconds)} of at least ${least}.`
}

/** How much sooner than without each other. */
export function gainWords({ phase, bounds, people, count }: Distribution): string {
  if (!bounds) return ''
  const from = senders(people) > 1 ? 'the senders alone' : 'the sender alone'
  // Of one person there is nobody else to help.
  if (count === 1) return ''
  if (bounds.speedUp < NOTICEABLE) return phase === 'done' ? `No faster than from ${from}.` : ''
  const times = bounds.speedUp.toFixed(bounds.speedUp < 9.95 ? 1 : 0)
  return `${phase === 'done' ? '' : 'Up to '}${times} times as fast as from ${from}.`
}

function missingWords(missing: Distribution['missing']): string {
  switch (missing) {
    case 'server':
      return 'The sender is not here, so there is nothing to compare with.'
    case 'flow':
      return 'Somebody has set a limit of 0, so it would never end.'
    default:
      return 'The speeds are not known yet.'
  }
}

function whatBinds({ people }: Distribution, { binding }: DistributionBounds): string {
  switch (binding) {
    case 'server-upload':
      return senders(people) > 1 ? 'The senders’ uploads set the pace' : 'The sender’s upload sets the pace'
    case 'slowest-download':
      return 'The slowest download sets the pace'
    case 'total-upload':
      return 'All uploads together set the pace'
  }
}

/** Which speeds the bounds are made of. */
export function basisWords({ phase, people }: Distribution): string {
  if (phase === 'waiting') return ''
  const used = people.flatMap(({ role, upload, download }) => (role === 'server' ? [upload] : [upload, download]))
  const limits = used.filter(({ basis }) => basis === 'limit').length
  if (limits === 0) return 'Based on everyone’s best 5 seconds so far.'
  if (limits === used.length) return 'Based on everyone’s limits.'
  return 'Based on everyone’s limits, or else their best 5 seconds so far.'
}

/** Whom the figure covers, and what else theory does not know. */
export function caveats(snapshot: TransferSnapshot): string[] {
  const { distribution, neighbours, swarmSize } = snapshot
  const parts = choosingPart(snapshot)
  const { startSpreadSeconds = 0, bounds } = distribution
  const apart = startSpreadSeconds > Math.max(SMALL_SPREAD_SECONDS, SMALL_SPREAD_SHARE * (bounds?.p2pSeconds ?? 0))
  return [
    'Each person’s page reports its own speeds. People who have left are not counted while it runs.',
    swarmSize > neighbours.length + 1 &&
      `This covers the ${countPeople(neighbours.length)} you are connected to, of ${swarmSize - 1} others.`,
    parts > 0 && `${countPeople(parts)} chose some of the files, and ${parts === 1 ? 'is' : 'are'} not counted.`,
    apart &&
      `They did not start together: the last began ${formatSeconds(startSpreadSeconds)} after the first. The shortest possible times assume a common start.`,
  ].filter((words) => words !== false)
}

const senders = (people: Distribution['people']) => people.filter(({ role }) => role === 'server').length
