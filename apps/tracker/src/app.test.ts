import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { afterTest, closeAll } from './testing/cleanup'
import { openTracker } from './testing/peers'

afterEach(closeAll)

const LARGE_SCRIPT = `console.log(${JSON.stringify('swarm '.repeat(1000))})`

const built = {
  'index.html': '<html><script>home()</script></html>',
  'lab.html': '<html><script>lab()</script></html>',
  '404.html': '<html>No such page<script>lost()</script></html>',
  'lab/data.txt': 'payload',
  '_next/static/chunks/a1b2c3.js': LARGE_SCRIPT,
}

function build(files: Record<string, string | Buffer>): string {
  const webRoot = mkdtempSync(join(tmpdir(), 'swarmdrop-'))
  afterTest(() => rmSync(webRoot, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(webRoot, name)), { recursive: true })
    writeFileSync(join(webRoot, name), content)
  }
  return webRoot
}

type Response = { status: number | undefined; headers: IncomingMessage['headers']; body: string }

/** Opens a server and asks it by plain HTTP: `fetch` would choose the Host header itself. */
async function open(files: Record<string, string | Buffer> = built) {
  const { port } = await openTracker({ webRoot: build(files), trustedProxies: 1 })
  return async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path, headers, agent: false }, resolve).on('error', reject)
    })
    return { status: response.statusCode, headers: response.headers, body: await text(response) }
  }
}

const scriptHash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`

describe('the pages', () => {
  it.each([
    ['/', 'home()'],
    ['/index.html', 'home()'],
    ['/lab', 'lab()'],
    ['/lab/', 'lab()'],
    ['/lab.html', 'lab()'],
    ['/lab?seed=1', 'lab()'],
  ])('%s is served with a policy that lets in its own inline script and no other', async (path, code) => {
    const { status, headers, body } = await (await open())(path)
    expect({ status, type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      cache: 'no-cache',
    })
    expect(body).toContain(code)
    const policy = String(headers['content-security-policy'])
    expect(policy.match(/'sha256-[^']+'/g)).toEqual([scriptHash(code)])
  })

  it('are not sent again to who has them', async () => {
    const request = await open()
    const { headers } = await request('/lab')
    expect((await request('/lab', { 'if-none-match': String(headers.etag) })).status).toBe(304)
  })

  it('say that there is nothing under an unknown address', async () => {
    const request = await open()
    const page = await request('/nothing', { accept: 'text/html' })
    expect(page).toMatchObject({ status: 404, body: built['404.html'] })
    expect(page.headers['content-security-policy']).toContain(scriptHash('lost()'))
    const file = await request('/_next/static/chunks/gone.js', { accept: 'text/javascript' })
    expect(file).toMatchObject({
      status: 404,
      headers: { 'cache-control': 'no-cache' },
      body: 'Not found.\n',
    })
    const anything = await request('/apple-touch-icon-precomposed.png', { accept: '*/*' })
    expect(anything).toMatchObject({ status: 404, body: 'Not found.\n' })
  })

  it.each([
    ['/%23abc_-', '/#abc_-'],
    ['/%2523abc.', '/#abc.'],
    ['/lab%23abc?utm=1', '/lab#abc?utm=1'],
    ['/?a=1%23abc', undefined],
    ['/nothing%23abc', undefined],
    ['//example.org%23abc', undefined],
  ])('lead from %s, where the # was encoded, to %s', async (path, meant) => {
    const { headers } = await (await open())(path)
    expect(headers.location).toBe(meant)
  })

  it.each(['/%', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%00'])(
    '%s gives a refusal in words, and no file and no trace from inside',
    async (path) => {
      const { status, body } = await (await open())(path)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(body).not.toMatch(/root:| at /)
    },
  )

  it('say in one sentence what to run when they are not built', async () => {
    const request = await open({})
    const { status, body } = await request('/')
    expect(status).toBe(503)
    expect(body).toContain('npm start')
    expect((await request('/healthz')).status).toBe(200)
  })
})

describe('the files', () => {
  it('are kept for ever where the name holds a hash, and asked for again elsewhere', async () => {
    const request = await open()
    const hashed = await request('/_next/static/chunks/a1b2c3.js')
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(hashed.headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect((await request('/lab/data.txt')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    ['favicon.ico', 'image/vnd.microsoft.icon'],
    ['apple-touch-icon.png', 'image/png'],
    ['link-picture.png', 'image/png'],
    ['icon.svg', 'image/svg+xml'],
    ['manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ])('%s is of type %s', async (name, type) => {
    const { status, headers, body } = await (await open({ ...built, [name]: 'bytes' }))(`/${name}`)
    expect({ status, type: headers['content-type'], body }).toEqual({ status: 200, type, body: 'bytes' })
  })

  it.each([
    ['br', 'gzip, deflate, br, zstd'],
    ['gzip', 'gzip'],
    ['gzip', 'br;q=0, gzip'],
    [undefined, 'identity'],
  ])('travel as %s to who takes %s', async (encoding, accepted) => {
    const path = '/_next/static/chunks/a1b2c3.js'
    const { headers, body } = await (await open())(path, { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers.vary).toContain('Accept-Encoding')
    if (encoding) expect(Number(headers['content-length'])).toBeLessThan(LARGE_SCRIPT.length / 10)
    else expect(body).toBe(LARGE_SCRIPT)
  })

  it('travel as the build has compressed them, and never by a copy of other bytes', async () => {
    const [path, small] = ['_next/static/chunks/a1b2c3.js', brotliCompressSync(LARGE_SCRIPT)]
    const lengthWith = async (copy: Buffer) => {
      const request = await open({ ...built, [`${path}.br`]: copy })
      expect((await request(`/${path}.br`)).status).toBe(404)
      return Number((await request(`/${path}`, { 'accept-encoding': 'br' })).headers['content-length'])
    }
    expect(await lengthWith(small)).toBe(small.length)
    const own = await lengthWith(Buffer.from('not brotli'))
    expect(own).not.toBe(small.length)
    expect(await lengthWith(brotliCompressSync(LARGE_SCRIPT.replaceAll('swarm', 'SWARM')))).toBe(own)
  })

  it('are what was built when the tracker began, and none that hides', async () => {
    const request = await open({ ...built, '.swarmdrop-build': 'x', 'a b.txt': 'spaces', 'é.txt': 'accents' })
    expect((await request('/.swarmdrop-build')).status).toBe(404)
    expect((await request('/a%20b.txt')).body).toBe('spaces')
    expect((await request('/%C3%A9.txt')).body).toBe('accents')
    expect((await request('/__proto__')).status).toBe(404)
  })
})

describe('the headers', () => {
  const needSecureOrigin = ['cross-origin-opener-policy', 'origin-agent-cluster']

  it('deny what the page does not use, to the page and to every frame', async () => {
    const policy = String((await (await open())('/')).headers['permissions-policy'])
    for (const power of ['camera=()', 'microphone=()', 'geolocation=()', 'clipboard-read=()', 'usb=()'])
      expect(policy).toContain(power)
    for (const power of ['clipboard-write=(self)', 'screen-wake-lock=(self)', 'fullscreen=(self)'])
      expect(policy).toContain(power)
  })

  it('lead nobody to https, and hold nothing that a browser complains about, on plain http in a network', async () => {
    const { headers } = await (await open())('/', { host: '192.168.1.5:3000' })
    for (const name of [...needSecureOrigin, 'strict-transport-security']) expect(headers).not.toHaveProperty(name)
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    expect(headers).not.toHaveProperty('x-powered-by')
  })

  it.each([
    ['on this machine', { host: 'localhost:3000' }],
    ['behind a proxy that speaks https', { host: 'example.org', 'x-forwarded-proto': 'https' }],
  ])('isolate the page from others %s', async (_where, sent) => {
    const { headers } = await (await open())('/', sent)
    for (const name of needSecureOrigin) expect(headers).toHaveProperty(name)
  })
})

it('GET /healthz answers that it is well', async () => {
  const { status, headers, body } = await (await open())('/healthz')
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    body: '{"status":"ok"}',
    cache: 'no-store',
  })
})
