// Says what becomes of a receiver's parts when the tab is closed. Pure; knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { formatBytes } from '../ui/format'

type Facts = Pick<TransferSnapshot, 'phase' | 'keeping' | 'notKept' | 'chunksRestored' | 'chunksChosen' | 'bytesChosen'>

export function keptWords(snapshot: Facts): string {
  switch (snapshot.keeping) {
    case 'kept':
      return `${restoredWords(snapshot)}${lastingWords(snapshot)}`
    case 'beside-another-tab':
      return 'This link is open in another tab, which keeps it on this device. This tab has its own copy, which is removed when you close it.'
    case 'while-open':
      return `${notKeptWords(snapshot.notKept)}: what has arrived is lost when you close this tab.${remedyWords(snapshot.notKept)}`
    default:
      if (snapshot.notKept !== undefined)
        return `${notKeptWords(snapshot.notKept)}: what you download is lost when you close this tab.${remedyWords(snapshot.notKept)}`
      return 'What you download is kept in this browser. If you close the tab, opening the link again continues from there.'
  }
}

function notKeptWords(why: Facts['notKept']): string {
  if (why === 'refused') return 'Your browser blocks cookies and storage for this site, so the file is kept in memory'
  if (why === 'silent') return 'Your browser’s storage does not answer, so the file is kept in memory'
  return 'This browser does not let the page keep anything'
}

function remedyWords(why: Facts['notKept']): string {
  if (why === 'refused') return ' To keep it, allow both for this site and reload the page.'
  return why === 'silent' ? ' If this continues, close the browser’s other windows and restart it.' : ''
}

function restoredWords({ phase, chunksRestored = 0, chunksChosen, bytesChosen }: Facts): string {
  if (chunksRestored === 0) return ''
  if (chunksRestored === chunksChosen) return 'Everything was already here from your last visit. '
  const here = `${formatBytes((chunksRestored / chunksChosen) * bytesChosen)} of ${formatBytes(bytesChosen)}`
  return phase === 'downloading'
    ? `Continuing where it stopped: ${here} were already here. `
    : `${here} were here from your last visit. `
}

function lastingWords({ phase }: Facts): string {
  return phase === 'complete'
    ? 'A copy is kept in this browser, so you can come back and save it again.'
    : 'What arrives is kept in this browser. If you close the tab, opening the link again continues from there.'
}
