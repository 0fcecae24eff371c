// `node scripts/typescript.mjs NAME …`: makes ready what a TypeScript program of this folder needs, then runs scripts/NAME.ts
// with the arguments that follow. Knows nothing of what it does.
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'
import { inProject } from './project.mjs'

requireNode()
await ensureInstalled()

const [name = ''] = process.argv.splice(2, 1)
const program = inProject('scripts', `${name}.ts`)
process.argv[1] = program
const { register } = await import('tsx/esm/api')
register()
await import(program)
