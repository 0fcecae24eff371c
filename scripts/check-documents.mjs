// Fails where a document has long lines, links that lead nowhere, or commands that there are not.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inProject } from '../tooling/project.mjs'
import { problemsOf } from './document-rules.mjs'
import { documents, readSource } from './sources.mjs'

const { scripts } = JSON.parse(readSource('package.json'))
const files = documents()
let count = 0
for (const file of files) {
  const exists = (/** @type {string} */ link) => existsSync(inProject(join(dirname(file), decodeURIComponent(link))))
  for (const problem of problemsOf(readSource(file), { scripts: Object.keys(scripts), exists })) {
    console.error(`${file}, ${problem}`)
    count += 1
  }
}
console.log(`${files.length} documents looked at, ${count} problems`)
process.exitCode = count > 0 ? 1 : 0
