// Fails where a document has long lines, names something that does not exist, or a decision lacks one of its parts.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../tooling/project.mjs'
import { decisionProblems, headingsIn, problemsOf } from './document-rules.mjs'
import { allFiles, documents, readSource } from './sources.mjs'
import { rulesOf } from './spec-rules.mjs'

const { scripts } = JSON.parse(readSource('package.json'))
const rules = new Set(rulesOf(readSource('packages/core/SPEC.md')))
const everything = allFiles().map((path) => `/${path}`)
const readable = everything.filter((path) =>
  /\.(ts|tsx|mjs|yaml|yml|service|example)$|Dockerfile$|Caddyfile$/.test(path),
)
const settings = new Set(
  readable.flatMap((path) => readSource(path.slice(1)).match(/[A-Z][A-Z0-9]*(_[A-Z0-9]+)+/g) ?? []),
)

/** @param {string} name */
function hasFile(name) {
  const pattern = new RegExp(`/${name.replaceAll(/[.@]/g, '\\$&').replaceAll('*', '[^/]*')}$`)
  return everything.some((path) => pattern.test(path))
}

const files = documents()
let count = 0
for (const file of files) {
  const pathOf = (/** @type {string} */ link) => (link ? join(dirname(file), decodeURIComponent(link)) : file)
  const text = readSource(file)
  const problems = problemsOf(text, {
    scripts: Object.keys(scripts),
    exists: (link) => existsSync(inProject(pathOf(link))),
    headingsOf: (link) => (link.endsWith('.md') || link === '' ? headingsIn(readSource(pathOf(link))) : []),
    hasFile,
    settings,
    rules,
  })
  if (file.startsWith('docs/decisions/')) problems.push(...decisionProblems(text))
  for (const problem of problems) {
    console.error(`${file}, ${problem}`)
    count += 1
  }
}
console.log(`${files.length} documents checked, ${count} problems`)
process.exitCode = count > 0 ? 1 : 0
