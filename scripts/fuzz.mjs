// `npm run fuzz [-- SECONDS]`: the fuzz tests, so many seconds in all (and what it takes to begin) in place of a fixed
// number of inputs. FUZZ_SEED=N tries one failure again, and nothing else.

import { tool } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
await ensureInstalled()
const seconds = process.argv[2] ?? '30'
const { code } = await run(tool('vitest', 'run', 'fuzz/', '--no-file-parallelism'), {
  show: true,
  env: { FUZZ_SECONDS: seconds },
})
process.exitCode = code
