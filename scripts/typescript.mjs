// `node scripts/typescript.mjs PATH …`: makes ready what a TypeScript program of the project needs, then runs the one
// at this path from the root with the arguments that follow. Knows nothing of what it does.
import { inProject } from '../tooling/project.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
await ensureInstalled()

const [path = ''] = process.argv.splice(2, 1)
const program = inProject(path)
process.argv[1] = program
const { register } = await import('tsx/esm/api')
register()
await import(program)
