// `npm run dev`: page and tracker, each reloaded when its sources change. Knows nothing of builds.
import { spawn } from 'node:child_process'
import { inProject, root, tool } from '../tooling/project.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
await ensureInstalled()

const port = Number(process.env.PORT ?? 3000)
const pageUrl = `http://localhost:${port}`
const trackerUrl = `http://localhost:${port + 1}`

// Next.js serves the page itself here, so the tracker stands next to it on the next port.
const programs = [
  {
    commandLine: tool('next', 'dev', '--port', String(port)),
    cwd: inProject('apps/web'),
    env: { NEXT_PUBLIC_TRACKER_URL: trackerUrl, NEXT_TELEMETRY_DISABLED: '1' },
  },
  {
    commandLine: tool('tsx', 'watch', '--clear-screen=false', 'apps/tracker/src/main.ts'),
    cwd: root,
    env: { PORT: String(port + 1), PUBLIC_URL: process.env.PUBLIC_URL ?? pageUrl },
  },
]

const children = programs.map(({ commandLine: [command = '', ...args], cwd, env }) =>
  spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' }),
)
function stopAll() {
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', stopAll)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopAll)
console.log(`Open ${pageUrl}; the tracker of this page is at ${trackerUrl}. Ctrl-C stops both.`)
