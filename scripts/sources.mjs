// Finds the project's own source files, and leaves out what is generated. Knows nothing of what is in them.
import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../tooling/project.mjs'

const generated = new Set(['node_modules', '.next', 'out', 'next-env.d.ts'])
const isSource = (/** @type {string} */ name) => /\.(ts|tsx|mjs|js)$/.test(name) && !generated.has(name)

/** @param {string} folder from the root @returns {string[]} */
export const sourcesUnder = (folder) =>
  readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return []
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesUnder(path)
    return isSource(entry.name) ? [path] : []
  })

/** The settings of tools, which lie at the root itself. */
export const sourcesAtRoot = () => readdirSync(inProject('.')).filter(isSource)

/** @param {string} path from the root */
export const readSource = (path) => readFileSync(inProject(path), 'utf8')
