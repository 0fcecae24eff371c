// Takes the settings that the theory page sends along, once. Knows nothing of what they mean.
import type { LabHost } from '@swarmdrop/peer/lab'
import { forReal, readRealQuery } from '../experiment/for-real'
import { formatCount } from '../ui/format'

/** Says what was changed so that it can be run, in a sentence; undefined: nothing was sent along. */
export function takeFromTheory(host: LabHost): string | undefined {
  const state = readRealQuery(window.location.search)
  if (!state) return undefined
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.hash)
  const { settings, peerCount, fileShare, speedShare } = forReal(state)
  host.takeFile(undefined)
  host.change(settings)
  host.addPeers(peerCount - host.getSnapshot().pagePeers)
  void host.openRoom()
  const smaller = [
    ...(fileShare < 0.99 ? [`the file is ${times(fileShare)} times smaller`] : []),
    ...(speedShare < 0.99 ? [`all speeds are ${times(speedShare)} times lower`] : []),
  ]
  const same = 'These are the settings of the theory page.'
  return smaller.length === 0
    ? same
    : `${same} So that a run takes half a minute, ${smaller.join(' and ')}: the proportions are the same.`
}

const times = (share: number) => formatCount(Number((1 / share).toPrecision(2)))
