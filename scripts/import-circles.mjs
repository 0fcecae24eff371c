// Finds files that import each other in a circle. Knows nothing of where files lie or which may import which.
import { posix } from 'node:path'

const endings = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx']

/**
 * The file that a relative specifier means; undefined for a package, a style sheet, or what is not there.
 * @param {string} file @param {string} specifier @param {(path: string) => boolean} isSource
 */
export function importedFile(file, specifier, isSource) {
  if (!specifier.startsWith('.')) return
  const path = posix.join(posix.dirname(file), specifier)
  return endings.map((ending) => path + ending).find(isSource)
}

/**
 * At least one circle of each group of files that import each other, as the way from a file back to itself.
 * @param {ReadonlyMap<string, readonly string[]>} graph by file, what it imports
 * @returns {string[][]}
 */
export function circlesIn(graph) {
  /** @type {string[][]} */
  const circles = []
  const done = new Set()
  /** @type {string[]} */
  const way = []
  /** @param {string} file */
  const follow = (file) => {
    const before = way.indexOf(file)
    if (before >= 0) circles.push([...way.slice(before), file])
    if (before >= 0 || done.has(file)) return
    way.push(file)
    for (const imported of graph.get(file) ?? []) follow(imported)
    way.pop()
    done.add(file)
  }
  for (const file of graph.keys()) follow(file)
  return circles
}
