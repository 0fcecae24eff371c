// Holds the import rules against every source file. Knows no rule itself.
import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../tooling/project.mjs'
import { importsOf, objection } from './import-rules.mjs'

const generated = new Set(['node_modules', '.next', 'out'])

/** @param {string} folder @returns {string[]} */
const sourcesUnder = (folder) =>
  readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return []
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesUnder(path)
    return /\.(ts|tsx|mjs|js)$/.test(entry.name) ? [path] : []
  })

const files = ['packages', 'apps', 'e2e', 'bench'].flatMap(sourcesUnder)
const broken = files.flatMap((file) =>
  importsOf(readFileSync(inProject(file), 'utf8'))
    .map((specifier) => ({ specifier, why: objection(file, specifier) }))
    .filter(({ why }) => why)
    .map(({ specifier, why }) => `${file}: imports '${specifier}': ${why}`),
)

for (const line of broken) console.log(line)
console.log(`${files.length} files looked at, ${broken.length} imports against the rules`)
process.exitCode = broken.length > 0 ? 1 : 0
