// Says of each kept transfer how far it is and what it takes. Pure; knows nothing of how it is drawn.
import { KEPT_DAYS, type KeptTransfer, takenByAll, takenBytes } from '@swarmdrop/peer'
import { formatBytes, formatPercent, percentOf } from '../ui/format'

/** “Received, 50 % of 21.0 MB. Takes 21.0 MB here.” */
export function recentWords(transfer: KeptTransfer): string {
  const size = formatBytes(transfer.bytes)
  if (transfer.role === 'sender') return `Shared from here, ${size}. Takes no space.`
  const takes = `Takes ${formatBytes(takenBytes(transfer))} here.`
  if (transfer.stage === 'complete') return `Received, all of ${size}${transfer.saved ? ', and saved' : ''}. ${takes}`
  const percent = formatPercent(percentOf(transfer.heldBytes, transfer.bytes))
  return `${transfer.stage === 'paused' ? 'Paused at' : 'Stopped at'} ${percent} of ${size}. ${takes}`
}

/** The total, and what goes by itself. */
export function spaceWords(transfers: readonly KeptTransfer[]): string {
  const taken = takenByAll(transfers)
  const total =
    taken === 0 ? 'They take no space on this device.' : `In all they take ${formatBytes(taken)} of this device.`
  return (
    `${total} What you do not open for ${KEPT_DAYS} days goes by itself; what you have saved goes earlier, when a new ` +
    'download needs its space.'
  )
}
