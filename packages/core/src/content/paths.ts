// Which paths may be shared, so that saving them can surprise nobody; and how a sender's are made so.
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** The longest name that every common file system takes. */
const MAX_SEGMENT_BYTES = 255
/** The longest path, in UTF-16 code units. */
const MAX_PATH_CHARACTERS = 1_024
// A cleaned path leaves room for the number that makes it distinct.
const MAX_CLEANED_CHARACTERS = MAX_PATH_CHARACTERS - 24

// Control characters (C0, DEL, C1), marks that turn the direction of text round and so can disguise a name's ending,
// lone surrogates (not text at all), and the separator of another system.
const forbidden = /[\p{Cc}\u202A-\u202E\u2066-\u2069\p{Cs}\\]/u
const everyForbidden = new RegExp(forbidden.source, 'gu')

/** Canonical order: by code unit, the same in every browser and language. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0

// Of most paths this is all that has to be looked at: parts of ASCII without a backslash, none of them “.” or “..”.
const plainPath = /^(?!\.{1,2}(\/|$))[ -.0-[\]-~]+(\/(?!\.{1,2}(\/|$))[ -.0-[\]-~]+)*$/

/** What is wrong with this path, as words that follow “a path …”; undefined when nothing is. */
export function pathProblem(path: string): string | undefined {
  if (path.length <= MAX_SEGMENT_BYTES && plainPath.test(path)) return undefined
  if (path === '') return 'that is empty'
  if (path.length > MAX_PATH_CHARACTERS) return `of more than ${MAX_PATH_CHARACTERS} characters`
  if (forbidden.test(path)) return 'with a forbidden character'
  if (path.startsWith('/')) return 'from the root of the disk'
  for (const segment of path.split('/')) {
    if (segment === '') return 'with an empty part'
    if (segment === '.' || segment === '..') return `with “${segment}” as a part`
    if (!fitsSegment(segment)) return `with a name of more than ${MAX_SEGMENT_BYTES} bytes`
  }
  return undefined
}

/**
 * What is wrong with these paths together, as words that follow “it has …”; undefined when nothing is. `empty`: the
 * folders that hold nothing.
 */
export function pathsProblem(files: readonly string[], empty: readonly string[] = []): string | undefined {
  const paths = [...files, ...empty]
  for (const path of paths) {
    const problem = pathProblem(path)
    if (problem) return `a path ${problem}`
  }
  if (!isAscending(paths) && new Set(paths).size < paths.length) return 'the same path twice'
  const holdsSomething = foldersAmong(paths)
  if (files.some(holdsSomething)) return 'a file that is also a folder'
  if (empty.some(holdsSomething)) return 'an empty folder that holds something'
  return undefined
}

/**
 * Makes a test whether a path is a folder of one of these. It searches, as a hostile list may have hundreds of folders
 * in each of its paths.
 */
function foldersAmong(paths: readonly string[]): (path: string) => boolean {
  const sorted = isAscending(paths) ? paths : [...paths].sort()
  return (path) => {
    const inside = `${path}/`
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? '') < inside) low = middle + 1
      else high = middle
    }
    return sorted[low]?.startsWith(inside) === true
  }
}

const isAscending = (paths: readonly string[]) => paths.every((path, at) => at === 0 || (paths[at - 1] ?? '') < path)

/** The folders that hold nothing, each once, in order. `folders`: a sender's, cleaned; `files`: distinct paths. */
export function emptyFolders(folders: readonly string[], files: readonly string[]): string[] {
  const distinct = [...new Set(folders)]
  const isFilled = foldersAmong([...files, ...distinct])
  const taken = new Set(files)
  const isInFile = (folder: string): boolean =>
    taken.has(folder) || (folder.includes('/') && isInFile(folder.slice(0, folder.lastIndexOf('/'))))
  return distinct.filter((folder) => !isFilled(folder) && !isInFile(folder)).sort()
}

/** Makes a valid path of whatever the browser says that a file is called. A valid path in NFC of usual length stays. */
export function cleanPath(raw: string): string {
  if (raw.length <= MAX_SEGMENT_BYTES && plainPath.test(raw)) return raw
  const segments = raw
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '')
    .map(cleanSegment)
  // A path too deep loses its outermost folders: the file's own name matters most.
  while (segments.length > 1 && segments.join('/').length > MAX_CLEANED_CHARACTERS) segments.shift()
  return segments.join('/') || 'file'
}

/**
 * Numbers paths that are the same, or that are also a folder: `a.txt`, `a (2).txt`. Expects cleaned paths; keeps order.
 */
export function distinctPaths(paths: readonly string[]): string[] {
  const wanted = new Set(paths)
  const folders = foldersOf(paths)
  // As nearly always: nothing to number.
  if (wanted.size === paths.length && !paths.some((path) => folders.has(path))) return [...paths]
  const taken = new Set<string>()
  const numbers = new Map<string, number>()
  return paths.map((path) => {
    let distinct = path
    let number = numbers.get(path) ?? 1
    while (taken.has(distinct) || folders.has(distinct) || (number > 1 && wanted.has(distinct))) {
      number += 1
      distinct = numbered(path, number)
    }
    numbers.set(path, number)
    taken.add(distinct)
    return distinct
  })
}

/** The path is asked for only once in a folder: most of its files come one after another. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>()
  let last = ''
  for (const path of paths) {
    if (path.lastIndexOf('/') === last.length && path.startsWith(last)) continue
    last = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}

function cleanSegment(raw: string): string {
  const segment = raw.replace(everyForbidden, '_').replace(/^\.{1,2}$/, (dots) => '_'.repeat(dots.length))
  const { stem, extension } = splitName(segment)
  return shortened(stem, extension)
}

function numbered(path: string, number: number): string {
  const nameAt = path.lastIndexOf('/') + 1
  const { stem, extension } = splitName(path.slice(nameAt))
  return path.slice(0, nameAt) + shortened(stem, ` (${number})${extension}`)
}

/** `stem` and `tail` as one segment, the stem cut until it fits. */
function shortened(stem: string, tail: string): string {
  if (fitsSegment(stem + tail)) return stem + tail
  const room = MAX_SEGMENT_BYTES - utf8ToBytes(tail).length
  let kept = ''
  let bytes = 0
  for (const character of stem) {
    bytes += utf8ToBytes(character).length
    if (bytes > room) break
    kept += character
  }
  return kept + tail
}

/** A longer one is no extension: its dot belongs to a sentence. */
const LONGEST_EXTENSION = 32

function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot) : ''
  return extension.length > LONGEST_EXTENSION
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension }
}

function fitsSegment(segment: string): boolean {
  // A code unit takes at most three bytes: most names need no encoding to be measured.
  return segment.length * 3 <= MAX_SEGMENT_BYTES || utf8ToBytes(segment).length <= MAX_SEGMENT_BYTES
}
