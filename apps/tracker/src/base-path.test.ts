import { describe, expect, it } from 'vitest'
import { readBasePath, withOwnAddress } from './base-path'
import { afterTest } from './testing/cleanup'
import { openPeer, openTracker, swarmId } from './testing/peers'

const page = '<script src="/__swarmdrop_base_path__/_next/a.js"></script><a href="/__swarmdrop_base_path__/lab">'

describe('a path of a proxy', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['/', ''],
    ['/drop', '/drop'],
    ['/drop/', '/drop'],
    ['/a/b.c-d_e~f', '/a/b.c-d_e~f'],
  ])('%s is read as “%s”', (text, path) => expect(readBasePath(text)).toBe(path))

  it.each(['drop', '/a b', '/a//b', 'https://example.org/drop', '/"', '/a?b', '/%2e'])('%s is refused', (text) =>
    expect(() => readBasePath(text)).toThrow(/BASE_PATH is ".*": it must be the path/),
  )

  it('is put into what is text, and nothing else is touched', () => {
    const put = (basePath: string, type = '.html') =>
      withOwnAddress(Buffer.from(page), type, { basePath, origin: '' }).toString()
    expect(put('/drop')).toBe('<script src="/drop/_next/a.js"></script><a href="/drop/lab">')
    expect(put('')).toBe('<script src="/_next/a.js"></script><a href="/lab">')
    expect(put('/drop', '.png')).toBe(page)
  })

  it.each([
    ['https://example.org', '/drop', 'https://example.org/drop/a.png'],
    ['', '/drop', '/drop/a.png'],
    ['', '', '/a.png'],
  ])('stands behind the origin “%s” where a whole address is wanted', (origin, basePath, whole) => {
    const marked = Buffer.from('__swarmdrop_origin__/__swarmdrop_base_path__/a.png')
    expect(withOwnAddress(marked, '.html', { basePath, origin }).toString()).toBe(whole)
  })

  it('is taken off whatever is asked for, whether a proxy has done so before or not', async () => {
    const { port } = await openTracker({ basePath: '/drop' })
    const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect(await Promise.all(['/drop/healthz', '/healthz', '/drophealthz', '/drop2/healthz'].map(statusOf))).toEqual([
      200, 200, 503, 503,
    ])
    const below = await openPeer({ port }, {}, { path: '/drop/socket.io/' })
    const beside = await openPeer({ port })
    afterTest(() => below.socket.disconnect())
    const { id } = await below.join(swarmId(1))
    expect((await beside.join(swarmId(1))).peers).toEqual([id])
  })
})
