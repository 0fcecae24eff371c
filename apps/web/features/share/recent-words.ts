// Says of each kept transfer how far it is and what it takes. Pure; knows nothing of how it is drawn.
import { KEPT_DAYS, type KeptReceived, type KeptTransfer, takenByAll, takenBytes } from '@swarmdrop/peer/library'
import { formatBytes, formatPercent, percentOf } from '../ui/format'

/** “Received, 50 % of 21.0 MB. Takes 21.0 MB here. Opened yesterday.” `nowMs`: since 1970. */
export const recentWords = (transfer: KeptTransfer, nowMs: number): string =>
  `${standWords(transfer)} Opened ${dayWords(transfer.openedAtMs, nowMs)}.`

function dayWords(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)]
  if (at.toDateString() === now.toDateString()) return 'today'
  now.setDate(now.getDate() - 1)
  if (at.toDateString() === now.toDateString()) return 'yesterday'
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' }).format(at)
}

function standWords(transfer: KeptTransfer): string {
  if (transfer.role === 'sender') return `Shared from here, ${formatBytes(transfer.bytes)}. Takes no space.`
  const bytes = transfer.placed?.bytes ?? transfer.bytes
  const size = formatBytes(bytes)
  const takes = `Takes ${formatBytes(takenBytes(transfer))} here.`
  const what =
    transfer.chosen === undefined
      ? `all of ${size}`
      : `${formatBytes(transfer.heldBytes)} that you chose of ${formatBytes(transfer.bytes)}`
  if (transfer.stage === 'complete') return `Received, ${what}${whatBecameOf(transfer)}. ${takes}`
  const percent = formatPercent(percentOf(transfer.heldBytes, bytes))
  return `${transfer.stage === 'paused' ? 'Paused at' : 'Stopped at'} ${percent} of ${size}. ${takes}`
}

function whatBecameOf({ saved, handedOver }: KeptReceived): string {
  if (saved) return ', and saved'
  return handedOver ? ', and handed to your browser' : ''
}

/** The total, and what goes by itself. */
export function spaceWords(transfers: readonly KeptTransfer[]): string {
  const taken = takenByAll(transfers)
  const total =
    taken === 0 ? 'They take no space on this device.' : `In all they take ${formatBytes(taken)} of this device.`
  return (
    `${total} Unopened items are removed after ${KEPT_DAYS} days. When a new download needs the space, copies of what you ` +
    'saved to a place of your choice are removed earlier; nothing else is removed without asking you.'
  )
}
