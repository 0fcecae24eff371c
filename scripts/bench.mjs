// `npm run bench [-- NAME]`: makes ready what a benchmark needs, then runs it. Knows nothing of what is measured.
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
await ensureInstalled()
await ensureChromium()

const { register } = await import('tsx/esm/api')
register()
await import(new URL('../bench/main.ts', import.meta.url).href)
