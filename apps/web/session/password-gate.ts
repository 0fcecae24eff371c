// Gates of this page's transfers, made of a password's key. Only what is loaded for passwords comes in here.
import { PasswordGate } from '@swarmdrop/peer/password'
import { browserRandom } from '../adapters/device/browser-random'
import { pageTime } from './ports'

export const passwordGate = (key: Uint8Array) => new PasswordGate({ time: pageTime(), random: browserRandom }, key)
