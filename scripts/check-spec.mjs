// Holds packages/core/SPEC.md and all tests together: each rule is named by a test, and each rule that is named exists.
import { folders } from './import-rules.mjs'
import { readSource, sourcesUnder } from './sources.mjs'
import { disagreements } from './spec-rules.mjs'

const tests = folders.flatMap(sourcesUnder).filter((path) => /\.(test|spec)\.tsx?$/.test(path))
const problems = disagreements(
  readSource('packages/core/SPEC.md'),
  new Map(tests.map((path) => [path, readSource(path)])),
)

for (const line of problems) console.log(line)
console.log(`${tests.length} test files checked, ${problems.length} disagreements with the SPEC`)
process.exitCode = problems.length > 0 ? 1 : 0
