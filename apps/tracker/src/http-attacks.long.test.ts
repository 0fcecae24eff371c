// Strangers who hold the tracker's HTTP up, each over real sockets; the tracker is a process of its own. What an honest
// one has of it meanwhile is measured and printed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { defaultLimits, type Limits } from './limits'
import { forkTracker, type TrackerProcess } from './soak/fork-tracker'
import { askHealth, askHealthOften, sayWithoutReading, stillOpen } from './testing/attackers'
import { afterTest, closeAll } from './testing/cleanup'
import { openPeer, openTracker } from './testing/peers'
import { seededRandom } from './testing/seeded-random'

afterEach(closeAll)

const SCRIPT = '/_next/static/chunks/large.js'
const MAX_BYTES = 300 * 2 ** 20
const MAX_ANSWER_MS = 500
/** The longest that an answer may take: on a busy machine the first may wait for its turn of the processor. */
const MAX_SLOWEST_MS = 20_000

/** A fifth of what the tracker allows: a test waits until they are over. */
const soon = { headersMs: 1_000, requestMs: 2_000, silentMs: 2_000, checkMs: 200 }
const AT_LAST = { timeout: 30_000, interval: 200 }
/** What is left when everybody has gone: the port, the line to this process, timers. */
const MAX_HANDLES_ALONE = 20

/** A script of 230 kB that compresses about as code does, to a fifth. */
function builtPage(): string {
  const webRoot = mkdtempSync(join(tmpdir(), 'swarmdrop-'))
  const random = seededRandom(1)
  const words = Array.from({ length: 600 }, () => Math.floor(random() * 2 ** 32).toString(36))
  const code = Array.from({ length: 33_000 }, () => words[Math.floor(random() ** 2 * words.length)]).join(' ')
  mkdirSync(join(webRoot, '_next/static/chunks'), { recursive: true })
  writeFileSync(join(webRoot, SCRIPT), code)
  writeFileSync(join(webRoot, 'index.html'), '<html></html>')
  return webRoot
}

/** Most are quick, and none is very slow; printed as they were. */
function expectServed(what: string, answersMs: number[], peakBytes: number): void {
  const sorted = answersMs.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  const inWords = `/healthz ${at(0.5).toFixed(0)} ms, nine of ten ${at(0.9).toFixed(0)} ms, at most ${at(1).toFixed(0)} ms`
  console.info(`${what}: ${inWords}; memory at most ${Math.round(peakBytes / 2 ** 20)} MiB`)
  expect(at(0.5)).toBeLessThan(MAX_ANSWER_MS)
  expect(at(1)).toBeLessThan(MAX_SLOWEST_MS)
  expect(peakBytes).toBeLessThan(MAX_BYTES)
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: tracker\r\nAccept-Encoding: br\r\n\r\n`

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n'

/** Connections that are held, where a real attack holds a thousand. */
const HELD = 200

/** One tracker in a process of its own for all tests of a suite: each leaves it alone again. */
function trackerFor(limits: Partial<Limits>) {
  const webRoot = builtPage()
  let tracker: TrackerProcess
  beforeAll(async () => {
    tracker = await forkTracker({ webRoot, limits: { ...soon, ...limits } })
    await askHealth(tracker.port)
  }, 60_000)
  afterAll(() => {
    tracker.end()
    rmSync(webRoot, { recursive: true })
  })
  return {
    get: () => tracker,
    untilAlone: () =>
      vi.waitFor(async () => expect((await tracker.held()).handles).toBeLessThan(MAX_HANDLES_ALONE), AT_LAST),
  }
}

describe('a stranger', { timeout: 120_000 }, () => {
  const tracker = trackerFor({})

  it('that asks 60 times for a script over each of 300 connections and never reads is dropped', async () => {
    const { port, held } = tracker.get()
    const lines = await sayWithoutReading(port, 300, request(SCRIPT).repeat(60))
    const answersMs = await askHealthOften(port)
    expectServed('300 connections that read nothing', answersMs, (await held()).peakBytes)
    await vi.waitFor(async () => expect(await stillOpen(lines)).toBe(0), AT_LAST)
  })

  it('that asks for one script over each of 1,500 connections and never reads has them ended soon', async () => {
    const { port, held } = tracker.get()
    await sayWithoutReading(port, 1_500, request(SCRIPT))
    const answersMs = await askHealthOften(port)
    expectServed('1,500 connections that read nothing', answersMs, (await held()).peakBytes)
    await tracker.untilAlone()
  })

  it('has so many seconds, where nothing else is said', () => {
    expect(defaultLimits).toMatchObject({
      requestsPerAddress: 1_000,
      headersMs: 5_000,
      requestMs: 10_000,
      silentMs: 10_000,
      checkMs: 1_000,
    })
  })

  it('that goes on asking is told to wait, and others of other addresses are not', async () => {
    const requests = { capacity: 5, perSecond: 0.001 }
    const { port } = await openTracker({ trustedProxies: 1, limits: { requests } })
    const ask = async (address: string) =>
      (await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': address } })).status
    for (let i = 0; i < 5; i++) expect(await ask('198.51.100.7:1')).toBe(503)
    expect([await ask('198.51.100.7:2'), await ask('::ffff:c633:6407'), await ask('198.51.100.8')]).toEqual([
      429, 429, 503,
    ])
    expect(await askHealth(port)).toBeLessThan(MAX_SLOWEST_MS)
  })
})

describe('a stranger behind a proxy, which counts an end without an answer against the server', () => {
  it('is answered, where no more of its address are let in, and where it upgrades to something else', async () => {
    const { port } = await openTracker({ trustedProxies: 1, limits: { connectionsPerAddress: 1 } })
    const upgradeTo = (path: string) =>
      new Promise((resolve, reject) => {
        const headers = { Connection: 'Upgrade', Upgrade: 'websocket' }
        get({ host: '127.0.0.1', port, path, headers }, ({ statusCode }) => resolve(statusCode)).on('error', reject)
      })
    expect(await upgradeTo('/other')).toBe(400)
    await openPeer({ port })
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(429)
    expect(await upgradeTo('/socket.io/?EIO=4&transport=websocket')).toBe(429)
  })
})

describe(`a stranger, where ${HELD} connections are allowed`, { timeout: 120_000 }, () => {
  const tracker = trackerFor({ requestsPerAddress: HELD })

  it.each([
    ['half a request', 600, 'GET / HTTP/1.1\r\nHost: tracker\r\n'],
    ['nothing', 600, ''],
    ['an upgrade to something else', 600, upgrade('/other')],
    ['an upgrade that carries on an older socket', 600, upgrade('/socket.io/?EIO=4&transport=websocket&sid=x')],
    ['a body that never comes', 600, 'GET / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n'],
  ])('that sends %s over each of %i connections holds so many at most, for seconds', async (what, n, text) => {
    const { port, held } = tracker.get()
    await sayWithoutReading(port, n, text)
    const { handles } = await held()
    const answersMs = await askHealthOften(port)
    expectServed(`${n} times ${what}, ${handles} held`, answersMs, (await held()).peakBytes)
    expect(handles).toBeLessThan(HELD + MAX_HANDLES_ALONE)
    await tracker.untilAlone()
  })
})

describe('an honest client', () => {
  it('that asks for four things without waiting gets all four, in order', async () => {
    const { port } = await openTracker()
    const tcp = connect(port, '127.0.0.1')
    afterTest(() => tcp.destroy())
    let received = ''
    tcp.on('data', (data) => (received += data.toString()))
    tcp.write('GET /healthz HTTP/1.1\r\nHost: t\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\n'.repeat(2))
    await vi.waitFor(() => expect(received.match(/HTTP\/1.1 (\d+)/g)).toHaveLength(4), AT_LAST)
    expect(received.match(/(?<=HTTP\/1.1 )\d+/g)).toEqual(['200', '503', '200', '503'])
  })

  it('that asks for a socket as if it were a page is told so at once, whatever socket it names', async () => {
    const { port } = await openTracker()
    const { id } = (await openPeer({ port })).socket.io.engine as unknown as { id: string }
    for (const query of ['?EIO=4&transport=websocket', `?EIO=4&transport=websocket&sid=${id}`])
      expect((await fetch(`http://127.0.0.1:${port}/socket.io/${query}`)).status).toBe(426)
    const polled = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling&sid=${id}`)
    expect(await polled.text()).toBe('1')
  })
})
