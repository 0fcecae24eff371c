// Builds come and go on a server in memory; what is kept of them answers.
import { expect, it } from 'vitest'
import { type Build, BuildCache } from './build-cache'
import { MemoryCaches } from './testing/memory-caches'

const SCOPE = 'https://example.org/drop/'
const SHARED_PART = '_next/static/every.js'

const buildOf = (version: string): Build => ({
  version,
  pages: ['', 'lab'],
  files: ['icon.svg', SHARED_PART, `_next/static/${version}.js`],
})

/** A server, and a browser that has been there. */
function world() {
  const caches = new MemoryCaches()
  const asked: string[] = []
  let served: Build | undefined
  const fetch = async ({ url }: Request) => {
    const path = url.slice(SCOPE.length)
    asked.push(path)
    if (served === undefined) throw new TypeError('no network')
    if (![...served.pages, ...served.files].includes(path)) return new Response('', { status: 404 })
    return new Response(`${path} of ${served.version}`)
  }
  const worker = (version: string) => new BuildCache(buildOf(version), SCOPE, { caches, fetch })
  return {
    asked,
    caches,
    worker,
    serve: (version: string | undefined) => {
      served = version === undefined ? undefined : buildOf(version)
    },
    async deploy(version: string) {
      this.serve(version)
      const installed = worker(version)
      await installed.install()
      return installed
    },
  }
}

/** A page's own request; `navigate` cannot be made by hand. */
const request = (path: string, { mode = 'no-cors', method = 'GET' } = {}) =>
  ({ url: SCOPE + path, mode, method }) as unknown as Request
const opening = (path: string) => request(path, { mode: 'navigate' })
const text = async (answer: Promise<Response> | undefined) => (await answer)?.text()

it('answers without a network, pages and their files, whatever stands behind their addresses', async () => {
  const there = world()
  const worker = await there.deploy('a')
  there.serve(undefined)
  for (const path of ['', 'index.html', '?shared=1', '#abc', '?utm=x#abc'])
    expect(await text(worker.answer(opening(path)))).toBe(' of a')
  for (const path of ['lab', 'lab/', 'lab.html', 'lab?seed=1'])
    expect(await text(worker.answer(opening(path)))).toBe('lab of a')
  expect(await text(worker.answer(request('icon.svg')))).toBe('icon.svg of a')
  expect(await text(worker.answer(request('_next/static/a.js')))).toBe('_next/static/a.js of a')
})

it('leaves pages and workers the address that they were asked for by', async () => {
  const there = world()
  const worker = await there.deploy('a')
  expect((await worker.answer(opening('?shared=1')))?.url).toBe('')
  expect((await worker.answer(request('_next/static/a.js#parameters')))?.url).toBe('')
})

it('leaves everything else to the browser: what the tracker says, what is not there, what is sent', async () => {
  const there = world()
  const worker = await there.deploy('a')
  for (const other of [
    request('socket.io/?EIO=4&transport=polling'),
    request('addresses'),
    request('healthz'),
    request('service-worker.js'),
    opening('nowhere'),
    opening('%23abc'),
    request('share', { method: 'POST' }),
    request('icon.svg', { method: 'HEAD' }),
    { ...request(''), url: 'https://example.org/' } as Request,
  ])
    expect(worker.answer(other), other.url).toBeUndefined()
})

it('keeps to its build while the server has a newer one', async () => {
  const there = world()
  const old = await there.deploy('a')
  await old.takeCharge()
  await there.deploy('b')
  expect(await text(old.answer(opening('')))).toBe(' of a')
  expect(await text(old.answer(request('_next/static/a.js')))).toBe('_next/static/a.js of a')
})

it('gives a page that was made before it the parts of that build, which the server has no longer', async () => {
  const there = world()
  const old = await there.deploy('a')
  await old.takeCharge()
  const next = await there.deploy('b')
  await next.takeCharge()
  expect(await text(next.answer(opening('')))).toBe(' of b')
  expect(await text(next.answer(request('_next/static/a.js')))).toBe('_next/static/a.js of a')
})

it('lets go of all older builds but the one that was in charge before it', async () => {
  const there = world()
  for (const version of ['a', 'b']) await (await there.deploy(version)).takeCharge()
  // It never was in charge: nothing is made of it.
  await there.deploy('c')
  await there.caches.open('of-another-kind')
  await (await there.deploy('d')).takeCharge()
  expect([...there.caches.all.keys()]).toEqual(['swarmdrop-build-b', 'of-another-kind', 'swarmdrop-build-d'])
})

it('fetches what has its name by its content once, and everything else again', async () => {
  const there = world()
  await there.deploy('a')
  there.asked.length = 0
  const next = await there.deploy('b')
  expect(there.asked.sort()).toEqual(['', '_next/static/b.js', 'icon.svg', 'lab'])
  there.serve(undefined)
  expect(await text(next.answer(request(SHARED_PART)))).toBe(`${SHARED_PART} of a`)
})

it('is not installed by halves: a file that is missing, or was sent elsewhere, stops it', async () => {
  const there = world()
  there.serve('b')
  await expect(there.worker('a').install()).rejects.toThrow('_next/static/a.js is answered by 404')
  there.serve(undefined)
  await expect(there.worker('b').install()).rejects.toThrow('no network')
})

it('asks the server for what the browser has thrown away', async () => {
  const there = world()
  const worker = await there.deploy('a')
  there.caches.all.clear()
  expect(await text(worker.answer(request('icon.svg')))).toBe('icon.svg of a')
})
