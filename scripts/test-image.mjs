// `npm run test:image`: builds the image with Debian's buildah, and starts what it starts: not as root, on a read-only
// root, healthy, and gone within three seconds of SIGTERM. Ends with 1 where one of that is not so.
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { aptInstall, canUseApt } from '../tooling/apt.mjs'
import { Image } from '../tooling/image.mjs'
import { inProject } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'
import { requireNode } from './node-version.mjs'

const PROGRAMS = ['/usr/bin/buildah', '/usr/sbin/debootstrap']
const STOPS_WITHIN_MS = 3_000
const HEALTHY_WITHIN_MS = 5_000

requireNode()
if (!PROGRAMS.every(existsSync) && canUseApt()) {
  console.log('Installing buildah and debootstrap (once)…')
  await aptInstall('buildah', 'debootstrap')
}
if (!PROGRAMS.every(existsSync) || process.getuid?.() !== 0) {
  console.log('Not tested: this needs root, and Debian’s buildah and debootstrap.')
  process.exit(0)
}

const { code, output } = await run([process.execPath, 'scripts/bundle.mjs'])
if (code !== 0) throw new Error(output)
const storage = mkdtempSync(join(tmpdir(), 'swarmdrop-image-'))
/** @type {string[]} */
const problems = []
/** @param {boolean} isSo @param {string} what */
const expect = (isSo, what) => {
  console.log(`${isSo ? '✓' : '✗'} ${what}`)
  if (!isSo) problems.push(what)
}

try {
  const image = new Image(storage)
  console.log('Making a base of Debian, and the image on it…')
  await image.makeBase()
  await image.build(inProject('deploy/Dockerfile'), ['BUNDLED=yes'])
  await look(image)
} finally {
  rmSync(storage, { recursive: true, force: true })
}
process.exitCode = problems.length > 0 ? 1 : 0

/** @param {Image} image */
async function look(image) {
  const { User, Cmd, StopSignal, Healthcheck } = image.config
  expect(/^[1-9]\d*(:|$)/.test(User), `runs as a user that can be seen not to be root (${User})`)
  expect(!existsSync(join(image.root, 'swarmdrop/node_modules')), 'has no packages beside the bundle')
  const port = await freePort()
  const env = { PORT: String(port), METRICS_PORT: String(await freePort()), STUN_PORT: '0' }
  const startMs = performance.now()
  const server = image.start(Cmd, env)
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text))
  const ended = once(server, 'exit')
  const check = Healthcheck?.Test.slice(1) ?? []
  let health = 1
  while (health !== 0 && performance.now() - startMs < HEALTHY_WITHIN_MS) {
    await after(50)
    ;[health] = await once(image.start(check, env), 'exit')
  }
  expect(
    health === 0,
    `is healthy by its own check, ${((performance.now() - startMs) / 1000).toFixed(1)} s after it was started`,
  )
  if (health !== 0) console.log(said)
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200, 'is ready, with the page')
  expect((await fetch(`http://127.0.0.1:${env.METRICS_PORT}/metrics`)).ok, 'tells its metrics')
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]
  expect(uid === User.split(':')[0], `its process is that user’s (${uid})`)
  const written = image.start(['sh', '-c', 'echo x > /tmp/written'], env)
  expect(
    (await once(written, 'exit'))[0] !== 0 && !existsSync(join(image.root, 'tmp/written')),
    'cannot write, not even where anybody may',
  )
  const stopMs = performance.now()
  server.kill(/** @type {NodeJS.Signals} */ (StopSignal || 'SIGTERM'))
  const [exit] = await Promise.race([ended, after(STOPS_WITHIN_MS + 1_000, ['none'])])
  const tookMs = performance.now() - stopMs
  if (exit === 'none') server.kill('SIGKILL')
  expect(
    exit === 0 && tookMs < STOPS_WITHIN_MS,
    `stops cleanly, ${tookMs.toFixed(0)} ms after ${StopSignal || 'SIGTERM'}`,
  )
}

async function freePort() {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  await new Promise((closed) => server.close(closed))
  return port
}
