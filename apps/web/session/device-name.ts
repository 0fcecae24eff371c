// What this device is called, for those whom it is connected to: what the person has typed in this browser, or what the
// browser is.
import { deviceName } from '@swarmdrop/core/signaling'
import { deviceWords } from '../adapters/device/device-name'
import { storedText } from '../adapters/device/stored-text'

const typed = storedText('device', 'swarmdrop-device-name')

/** The name that others see where nothing is typed. */
export const plainDeviceName = (): string => deviceWords()

/** Empty: nothing is. */
export const typedDeviceName = (): string => typed.read() ?? ''

/** Keeps the name that was typed. Where it cannot be kept, the browser's own words go out again. */
export function typeDeviceName(text: string): void {
  const name = deviceName(text)
  if (name === undefined) typed.clear()
  else typed.write(name)
}

export const ownDeviceName = (): string => deviceName(typedDeviceName()) ?? plainDeviceName()
