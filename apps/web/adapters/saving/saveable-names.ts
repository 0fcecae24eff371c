// Names that any system can hold, for files about to be saved: a path that is valid in a swarm (PATH-1) may still be a device on
// Windows, end in a dot that Windows drops, or differ from another by its case alone. Knows nothing of how files are saved.
import type { Tree } from './zip'

/** What every common file system takes as one name. */
const MAX_NAME_BYTES = 255

// Forbidden on Windows, and marks that nobody sees: they can make two names look the same, or an ending look like another.
// Joiners (U+200C, U+200D) stay, as scripts and emoji need them.
const unsaveable = /[<>:"|?*\u00AD\u061C\u180E\u200B\u200E\u200F\u2060\uFEFF]/g
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/** One part of a path. What can be held everywhere stays as it is. */
export function saveableName(name: string): string {
  const held = name.replace(unsaveable, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length))
  return devices.test(held.replace(/[ _]+(?=\.|$)/, '')) ? shortened('_', held) : held
}

/** The same files and empty folders in the same order under paths that any system can hold, no two of them the same there. */
export function withSaveableNames({ files, folders }: Tree): Tree {
  const paths = saveablePaths([...files.map(({ path }) => path), ...folders])
  return {
    files: files.map((file, index) => ({ ...file, path: paths[index] ?? file.path })),
    folders: paths.slice(files.length),
  }
}

function saveablePaths(raw: readonly string[]): string[] {
  const paths = raw.map((path) => path.split('/').map(saveableName).join('/'))
  const folders = new Set(paths.flatMap(foldersOf).map(folded))
  const taken = new Set<string>()
  return paths.map((path) => {
    let distinct = path
    for (let number = 2; taken.has(folded(distinct)) || folders.has(folded(distinct)); number++)
      distinct = numbered(path, number)
    taken.add(folded(distinct))
    return distinct
  })
}

/** As systems compare that heed no case: Windows, and macOS as it comes. */
const folded = (path: string) => path.normalize('NFC').toLowerCase()

function foldersOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'))
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
