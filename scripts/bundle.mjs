// `npm run bundle`: all that a server needs, in `dist`: `node dist/tracker.mjs` runs it, on a machine that has nothing
// but Node.
import { cpSync, rmSync } from 'node:fs'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
await ensureInstalled()
await ensureWebBuilt()
const { bundleTracker } = await import('../tooling/bundle.mjs')
const dist = inProject('dist')
rmSync(dist, { recursive: true, force: true })
await bundleTracker(inProject('dist/tracker.mjs'))
cpSync(inProject('apps/web/out'), inProject('dist/page'), { recursive: true })
console.log('Bundled into dist: run it with `node dist/tracker.mjs`.')
