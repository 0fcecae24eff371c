// What the symbols of the bound stand for, in words. Pure.
import { countOf, formatBytes, formatRate } from '../ui/format'
import { slowestDown, sumOfUploads } from './push'
import { peerCount, type TheoryState } from './theory-state'

export function symbolWords(state: TheoryState) {
  const slowest = slowestDown(state)
  return {
    file: `F, the file: ${formatBytes(state.fileBytes)}`,
    server: `us, the server’s upload: ${formatRate(state.serverUpload)}`,
    download: `dmin, the slowest download: ${slowest === undefined ? 'no limit' : formatRate(slowest)}`,
    peers: `N: ${countOf(peerCount(state), 'peer')}`,
    upload: `Σu, all peers’ uploads together: ${formatRate(sumOfUploads(state))}`,
  }
}
