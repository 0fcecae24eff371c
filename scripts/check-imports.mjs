// Holds the import rules against every source file, and finds circles. Knows no rule itself.
import { existsSync, readdirSync } from 'node:fs'
import { inProject, readJson } from '../tooling/project.mjs'
import { circlesIn, importedFile } from './import-circles.mjs'
import { folders, importsOf, objection } from './import-rules.mjs'
import { readSource, sourcesAtRoot, sourcesUnder } from './sources.mjs'

/** The names by which each package lets others in. */
const doors = readdirSync(inProject('packages'))
  .filter((name) => existsSync(inProject('packages', name, 'package.json')))
  .flatMap((name) => Object.keys(readJson(`packages/${name}/package.json`).exports).map((door) => [name, door]))
  .map(([name, door = '']) => `@swarmdrop/${name}${door.slice(1)}`)

const files = new Set([...folders.flatMap(sourcesUnder), ...sourcesAtRoot()])
/** @type {string[]} */
const problems = []
/** @type {Map<string, string[]>} */
const graph = new Map()
for (const file of files) {
  /** @type {string[]} */
  const imported = []
  for (const specifier of importsOf(readSource(file))) {
    const target = importedFile(file, specifier, (path) => files.has(path))
    const why = objection(file, specifier, doors)
    if (why) problems.push(`${file}: imports '${specifier}': ${why}`)
    if (target !== undefined) imported.push(target)
  }
  graph.set(file, imported)
}
for (const circle of circlesIn(graph)) problems.push(`these import each other in a circle: ${circle.join(' → ')}`)

for (const line of problems) console.log(line)
console.log(`${files.size} files checked, ${problems.length} imports against the rules`)
process.exitCode = problems.length > 0 ? 1 : 0
