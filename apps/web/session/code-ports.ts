// What codes are given in this page. Knows no code.
import type { CodePorts } from '@swarmdrop/peer/code'
import { browserRandom } from '../adapters/device/browser-random'
import { newLine } from '../adapters/network/tracker-lines'
import { trackerUrl } from './page-setup'
import { pageTime } from './ports'

export const codePorts = (): CodePorts => ({
  time: pageTime(),
  random: browserRandom,
  newLine: () => newLine(trackerUrl()),
})
