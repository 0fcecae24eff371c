// Names that any system can hold, for files about to be saved: a path that is valid in a swarm (PATH-1) may still be a
// device on Windows, end in a dot that Windows drops, or differ from another by its case alone. Knows nothing of how
// files are saved.
import type { Tree } from './zip-length'

/** The longest name that every common file system takes. */
const MAX_NAME_BYTES = 255

// Forbidden on Windows, and marks that nobody sees: they can make two names look the same, or an ending look like
// another. Joiners (U+200C, U+200D) stay, as scripts and emoji need them.
const unsaveable = /[<>:"|?*\u00AD\u061C\u180E\u200B\u200E\u200F\u2060\uFEFF]/g
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/**
 * Any part of a path that may have to change holds something of this; of most paths it is all that has to be looked at.
 */
const doubtful = new RegExp(`${unsaveable.source}|[. ](/|$)|(^|/)(con|prn|aux|nul|com|lpt)`, 'i')

/** One part of a path as it can be saved. What can be held everywhere stays as it is. */
export function saveableName(name: string): string {
  const held = name.replace(unsaveable, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length))
  return devices.test(held.replace(/[ _]+(?=\.|$)/, '')) ? shortened('_', held) : held
}

/** Browsers take the dot off a download that begins with one: `.env` becomes `env`. */
export const isRenamedByBrowsers = (name: string): boolean => name.startsWith('.')

/**
 * The same files and empty folders in the same order under paths that any system can hold, no two of them the same
 * there.
 */
export function withSaveableNames({ files, folders }: Tree): Tree {
  const paths = saveablePaths([...files.map(({ path }) => path), ...folders])
  return {
    files: files.map((file, index) => ({ ...file, path: paths[index] ?? file.path })),
    folders: paths.slice(files.length),
  }
}

function saveablePaths(raw: readonly string[]): string[] {
  const paths = raw.map((path) => (doubtful.test(path) ? path.split('/').map(saveableName).join('/') : path))
  const foldedPaths = paths.map(folded)
  const folders = foldersOf(foldedPaths)
  const taken = new Set<string>()
  return paths.map((path, index) => {
    let distinct = path
    let compared = foldedPaths[index] ?? path
    for (let number = 2; taken.has(compared) || folders.has(compared); number++) {
      distinct = numbered(path, number)
      compared = folded(distinct)
    }
    taken.add(compared)
    return distinct
  })
}

/** The path as systems compare it that ignore case: Windows, and macOS as it comes. */
const folded = (path: string) => path.normalize('NFC').toLowerCase()

/** All folders in which these lie. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>()
  let last = ''
  for (const path of paths) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    // Most files of a folder come one after another.
    if (folder === last) continue
    last = folder
    for (let at = folder.length; at > 0 && !folders.has(folder.slice(0, at)); at = folder.lastIndexOf('/', at - 1))
      folders.add(folder.slice(0, at))
  }
  return folders
}

function numbered(path: string, number: number): string {
  const nameAt = path.lastIndexOf('/') + 1
  return path.slice(0, nameAt) + shortened('', path.slice(nameAt), ` (${number})`)
}

/** `name` between what goes before it and before its ending; of a name too long, the end of its stem falls away. */
function shortened(before: string, name: string, behind = ''): string {
  const dot = name.lastIndexOf('.')
  const end = dot > 0 ? dot : name.length
  const stem = [...name.slice(0, end)]
  const whole = () => `${before}${stem.join('')}${behind}${name.slice(end)}`
  while (stem.length > 1 && new TextEncoder().encode(whole()).length > MAX_NAME_BYTES) stem.pop()
  return whole()
}
