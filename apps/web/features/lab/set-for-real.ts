// Sets what theory says as a class can run it: an example, or what the theory page sends along, once. Knows nothing of
// what the settings mean.
import type { LabHost } from '@swarmdrop/peer/lab'
import { forReal, readRealQuery } from '../experiment/for-real'
import type { Preset } from '../experiment/presets'
import type { TheoryState } from '../experiment/theory-state'
import { formatCount } from '../ui/format'

/** Says what was changed so that it can be run, in a sentence; undefined: nothing was sent along. */
export function takeFromTheory(host: LabHost): string | undefined {
  const state = readRealQuery(window.location.search)
  if (!state) return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.hash)
  const smaller = setState(host, state, 'From theory', host.getSnapshot().pagePeers)
  void host.openRoom()
  const same = 'These are the settings of the theory page.'
  return smaller === '' ? same : `${same} ${smaller}`
}

/** Students take part in it; the page's own peers are those that are missing. Says what it is, in a sentence or two. */
export function takeExample(host: LabHost, { name, means, state }: Preset): string {
  const { peerCount } = host.getSnapshot()
  return `${means} ${setState(host, state, name, peerCount)}`.trim()
}

/** `present`: the peers that count among those that the state has. */
function setState(host: LabHost, state: TheoryState, name: string, present: number): string {
  const { settings, peerCount, fileShare, speedShare } = forReal(state)
  host.takeFile(undefined)
  host.change({ ...settings, name })
  host.addPeers(peerCount - present)
  const smaller = [
    ...(fileShare < 0.99 ? [`the file is ${times(fileShare)} times smaller`] : []),
    ...(speedShare < 0.99 ? [`all speeds are ${times(speedShare)} times lower`] : []),
  ]
  return smaller.length === 0
    ? ''
    : `So that a run takes half a minute, ${smaller.join(' and ')}: the proportions are the same.`
}

const times = (share: number) => formatCount(Number((1 / share).toPrecision(2)))
