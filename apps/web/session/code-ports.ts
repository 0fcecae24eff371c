// What codes are given in this page, and how they are loaded: in a part of the page's scripts that nobody fetches before it is needed.
import type { CodePorts } from '@swarmdrop/peer/code'
import { browserRandom } from '../adapters/device/browser-random'
import { newLine } from '../adapters/network/tracker-lines'
import { trackerUrl } from './page-setup'
import { pageTime } from './ports'

/** Rejects where the server is away. */
export const loadCodes = () => import('@swarmdrop/peer/code')

export const codePorts = (): CodePorts => ({
  time: pageTime(),
  random: browserRandom,
  newLine: () => newLine(trackerUrl()),
})
