// What a chat, a phone's home screen and a browser's tab show of a link: a title, a sentence, pictures; never what is
// shared.
import type { APIRequestContext } from '@playwright/test'
import { TrackerProcess } from '../tooling/tracker-process'
import { expect, test } from './support/test'

/** `<meta property=… content=…>`, by property. */
async function metaOf(request: APIRequestContext, url: string): Promise<Record<string, string>> {
  const html = await (await request.get(url)).text()
  const tags = html.matchAll(/<meta (?:property="([^"]+)" content="([^"]+)"|content="([^"]+)" property="([^"]+)")/g)
  return Object.fromEntries([...tags].map(([, a, b, c, d]) => [a ?? d ?? '', b ?? c ?? '']))
}

const isPng = (bytes: Buffer) => bytes.subarray(1, 4).toString() === 'PNG'

test('a link has a title, a sentence and a picture', async ({ request }) => {
  const meta = await metaOf(request, '/')
  expect(meta).toMatchObject({
    'og:title': 'Swarmdrop: files from browser to browser',
    'og:description': 'Open the link to download what was shared. Everyone who downloads also helps to send.',
    'og:image': '/link-picture.png',
  })
  const picture = await request.get(meta['og:image'] ?? '')
  expect(picture.headers()['content-type']).toBe('image/png')
  expect(isPng(await picture.body())).toBe(true)
  // A room's link, and the theory's, say what they are.
  expect((await metaOf(request, '/lab'))['og:title']).toBe('Lab – Swarmdrop')
})

test('the picture’s address is whole where the server knows it, and below a path', async ({ request }) => {
  const tracker = await TrackerProcess.onFreePort({ PUBLIC_URL: 'https://example.org', BASE_PATH: '/drop' })
  const meta = await metaOf(request, `http://127.0.0.1:${tracker.port}/`)
  expect(meta['og:image']).toBe('https://example.org/drop/link-picture.png')
  const picture = await request.get(`http://127.0.0.1:${tracker.port}/drop/link-picture.png`)
  expect(isPng(await picture.body())).toBe(true)
  await tracker.kill()
})

test('icons and manifest are what they are called', async ({ page, request }) => {
  await page.goto('/')
  const hrefs = await page
    .locator('link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(hrefs).toEqual(['/manifest.webmanifest', '/favicon.ico', '/icon.svg', '/apple-touch-icon.png'])

  const manifest = await request.get('/manifest.webmanifest')
  expect(manifest.headers()['content-type']).toContain('application/manifest+json')
  const { icons } = (await manifest.json()) as { icons: { src: string }[] }
  for (const path of ['/apple-touch-icon.png', ...icons.map(({ src }) => `/${src}`)]) {
    const icon = await request.get(path)
    expect(icon.headers()['content-type']).toBe('image/png')
    expect(isPng(await icon.body())).toBe(true)
  }
  expect((await request.get('/favicon.ico')).headers()['content-type']).toBe('image/vnd.microsoft.icon')
  expect((await request.get('/robots.txt')).headers()['content-type']).toContain('text/plain')
})
