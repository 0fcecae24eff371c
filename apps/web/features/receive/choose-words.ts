// Says how much of a share is chosen. Pure; knows nothing of how it is drawn.
import { countOf, formatBytes, formatCount } from '../ui/format'
import type { TreeRow } from './file-tree'

/** "5 of 100 files, 20.0 MB". */
export const choiceWords = (chosen: number, files: number, bytes: number): string =>
  `${chosen === files ? countOf(files, 'file') : `${formatCount(chosen)} of ${countOf(files, 'file')}`}, ${formatBytes(bytes)}`

/** The name of a box for a screen reader: nothing else says in which folder it is. */
export function boxLabel({ path, name, depth, first, end, isFolder }: TreeRow, bytes: number): string {
  const folder = depth > 0 ? path.split('/').at(isFolder ? -3 : -2) : undefined
  const kind = isFolder ? [`folder of ${countOf(end - first, 'file')}`] : []
  return [folder === undefined ? name : `${name} in ${folder}`, ...kind, formatBytes(bytes)].join(', ')
}
