// Sets what theory says as a class can run it: an example, or what the theory page sends along, once. Knows nothing of
// what the settings mean.

import { peerCountOf } from '@swarmdrop/core/simulation'
import type { LabHost, LabSettings } from '@swarmdrop/peer/lab'
import { forReal, readRealQuery } from '../experiment/for-real'
import type { Preset } from '../experiment/presets'
import type { TheoryState } from '../experiment/theory-state'
import { countOf, formatCount } from '../ui/format'

/** Says what was changed so that it can be run, in a sentence; undefined: nothing was sent along. */
export function takeFromTheory(host: LabHost): string | undefined {
  const state = readRealQuery(window.location.search)
  if (!state) return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.hash)
  const { smaller } = setState(host, state, 'From theory', host.getSnapshot().pagePeers)
  void host.openRoom()
  const same = 'These are the settings of the theory page.'
  return smaller === '' ? same : `${same} ${smaller}`
}

/**
 * Students take part in it; the page's own peers are those that are missing. Gives what was set, and what it is, in a
 * sentence or two.
 */
export function takeExample(
  host: LabHost,
  { name, means, state }: Preset,
): { set: Partial<LabSettings>; said: string } {
  const { peerCount } = host.getSnapshot()
  const { set, smaller, putAside } = setState(host, state, name, peerCount)
  const wanted = peerCountOf({ peers: state.classes })
  const present = host.getSnapshot().peerCount
  const here = present === wanted ? '' : `Here it runs with ${countOf(present, 'peer')} instead of ${wanted}.`
  return { set, said: [means, here, smaller, putAside].filter((words) => words !== '').join(' ') }
}

/** `present`: the peers that count among those that the state has. */
function setState(host: LabHost, state: TheoryState, name: string, present: number) {
  const { settings, peerCount, fileShare, speedShare } = forReal(state)
  const { fileName } = host.getSnapshot()
  const set = { ...settings, name }
  host.takeFile(undefined)
  host.change(set)
  host.addPeers(peerCount - present)
  const smaller = [
    ...(fileShare < 0.99 ? [`the file is ${times(fileShare)} times smaller`] : []),
    ...(speedShare < 0.99 ? [`all speeds are ${times(speedShare)} times lower`] : []),
  ]
  return {
    set,
    smaller: smaller.length === 0 ? '' : `So that a run takes half a minute, ${smaller.join(' and ')}.`,
    putAside: fileName === undefined ? '' : 'It uses made-up data instead of your own file.',
  }
}

const times = (share: number) => formatCount(Number((1 / share).toPrecision(2)))
