// Whether a content fits into what the browser has left for this site. Knows nothing of chunks.
import { StoreError } from '@swarmdrop/core'
import { FIRST_ANSWER_MS, inTime } from '@swarmdrop/peer/stores'
import { ownTimers } from '../workers/waiting'

/** Why these bytes do not fit; undefined when they do, or when the browser does not say. */
export function spaceProblem(neededBytes: number, estimate: StorageEstimate): StoreError | undefined {
  const freeBytes = freeBytesOf(estimate)
  if (freeBytes === undefined || neededBytes <= freeBytes) return undefined
  return new StoreError(
    'no-space',
    `There is not enough space: this needs ${inWords(neededBytes)}, and the browser has ${inWords(freeBytes)} free for ` +
      'this page. Free some space on the device, delete kept copies on the start page, or receive it on another device.',
  )
}

/** The problem with space for so many bytes, by the browser's own estimate. */
export async function estimatedSpaceProblem(neededBytes: number): Promise<StoreError | undefined> {
  return spaceProblem(neededBytes, await estimate())
}

/** How much of this does not fit by the browser's estimate; 0 when it does not say. */
export async function missingBytes(neededBytes: number): Promise<number> {
  return Math.max(0, neededBytes - ((await freeBytesNow()) ?? neededBytes))
}

/** The bytes that the browser has left for this site; undefined when it does not say. */
export const freeBytesNow = async (): Promise<number | undefined> => freeBytesOf(await estimate())

/** Plain HTTP has no estimate, as it has no `navigator.storage`; elsewhere it may be refused, or never come. */
const estimate = async (): Promise<StorageEstimate> => {
  const told = navigator.storage?.estimate?.()
  return (told && (await inTime(ownTimers, FIRST_ANSWER_MS, told).catch(() => undefined))) ?? {}
}

const freeBytesOf = ({ usage, quota }: StorageEstimate): number | undefined =>
  quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0))

/** “4.2 GB”, in powers of ten as systems show free space. */
export function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let amount = bytes
  let unit = 0
  while (Math.round(amount) >= 1000 && unit < units.length - 1) {
    amount /= 1000
    unit++
  }
  return `${amount >= 10 || unit === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`
}
