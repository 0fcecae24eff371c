// `npm start`: from a fresh clone to a page that answers. Knows nothing of what the tracker does.

import { ensureWebBuilt } from '../tooling/web-build.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

// `kill` on npm reaches only npm's shell, which dies of it and leaves us behind, holding the port: stop when it is
// gone.
const parent = process.ppid
if (process.env.npm_lifecycle_event) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

requireNode()
await ensureInstalled()
await ensureWebBuilt()

// The tracker runs in this very process: nothing to forward signals to, and one Node to start instead of two.
process.env.NODE_ENV ??= 'production'
const { register } = await import('tsx/esm/api')
register()
await import(new URL('../apps/tracker/src/main.ts', import.meta.url).href)

// Under npm, Ctrl-C reaches us twice: from the terminal and from npm. The tracker ends this process when it has closed
// everything; a second signal must not cut that short.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
