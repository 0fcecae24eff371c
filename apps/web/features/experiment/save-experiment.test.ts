import { experimentOf, firstSettings } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { fileStem } from './save-experiment'

it.each([
  ['Peer-to-peer with N = 10', 'peer-to-peer-with-n-10'],
  ['  “Mine”; rm -rf / ', 'mine-rm-rf'],
  ['наш опыт', 'experiment'],
])('a file is called by the name of its experiment, %j, without what a shell would read', (name, stem) => {
  expect(fileStem(experimentOf({ ...firstSettings, name }, 'p2p', 2))).toBe(stem)
})
