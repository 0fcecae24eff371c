// What became of an experiment file that was loaded, in sentences. Knows no form.
import { MAX_PARTICIPANTS } from '@swarmdrop/core/signaling'
import { type Experiment, peerCountOf } from '@swarmdrop/core/simulation'
import { countOf, formatBytes } from '../ui/format'

/** `present`: the peers that would take part now, after as many were added to the page as it can have. */
export function loadedInWords(experiment: Experiment, present: number): string[] {
  const wanted = peerCountOf(experiment)
  const loaded = `Loaded “${experiment.name}”: ${formatBytes(experiment.fileBytes)}, ${countOf(wanted, 'peer')}.`
  if (wanted > present + MAX_PARTICIPANTS)
    return [
      loaded,
      `That is more than a room can hold: it runs with the ${countOf(present, 'peer')} of this page and at most ${MAX_PARTICIPANTS} students. “npm run simulate” runs all of it.`,
    ]
  if (present < wanted)
    return [
      loaded,
      `This page has room for ${countOf(present, 'peer')} now. With ${countOf(wanted - present, 'more student')} in the room it runs as written; until then with fewer peers. “npm run simulate” runs all of it.`,
    ]
  if (present > wanted) return [loaded, `${countOf(present, 'peer')} are here, and all of them take part.`]
  return [loaded]
}
