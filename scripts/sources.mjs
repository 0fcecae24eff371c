// Finds the project's own files, source and documents, and leaves out what is generated. Knows nothing of what is in
// them.
import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../tooling/project.mjs'

const generated = new Set([
  'node_modules',
  '.next',
  'out',
  'next-env.d.ts',
  'test-results',
  'dist',
  '.swarmdrop',
  '.git',
])
const isSource = (/** @type {string} */ name) => /\.(ts|tsx|mjs|js)$/.test(name) && !generated.has(name)

/** @param {string} folder from the root @param {(name: string) => boolean} isWanted @returns {string[]} */
const filesUnder = (folder, isWanted) =>
  readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return []
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesUnder(path, isWanted)
    return isWanted(entry.name) ? [path] : []
  })

/** @param {string} folder from the root */
export const sourcesUnder = (folder) => filesUnder(folder, isSource)

export const allFiles = () => filesUnder('.', () => true)

export const documents = () => filesUnder('.', (name) => name.endsWith('.md'))

/** The settings of tools, which lie at the root itself. */
export const sourcesAtRoot = () => readdirSync(inProject('.')).filter(isSource)

/** @param {string} path from the root */
export const readSource = (path) => readFileSync(inProject(path), 'utf8')
