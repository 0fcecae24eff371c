// Says which kept copies would make room for a new one. Pure; knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { formatBytes } from '../ui/format'

/** “a.bin” (2.0 GB) is kept here, … */
export function couldGoWords(couldGo: NonNullable<TransferSnapshot['couldGo']>): string {
  const [first] = couldGo
  if (first === undefined) return ''
  const bytes = formatBytes(couldGo.reduce((sum, copy) => sum + copy.bytes, 0))
  const which = couldGo.length === 1 ? `“${first.name}” (${bytes})` : `${listed(couldGo)} (${bytes} in all)`
  const [were, they] = couldGo.length === 1 ? ['was', 'it is'] : ['were', 'they are']
  return `${which} ${were} handed to your browser, and a copy is still kept here. If ${they} among your downloads, delete the copy to make room.`
}

function listed(copies: readonly { name: string }[]): string {
  const names = copies.slice(0, 2).map(({ name }) => `“${name}”`)
  const more = copies.length - names.length
  return more === 0 ? names.join(' and ') : `${names.join(', ')} and ${more} more`
}
