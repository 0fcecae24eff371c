import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isOwnPage, type OriginOptions } from './origin'

const asks = (headers: Record<string, string | undefined>, options: Partial<OriginOptions> = {}) =>
  isOwnPage({ headers } as unknown as IncomingMessage, { trustedProxies: 0, ...options })

describe('a page may open a socket', () => {
  it.each([
    ['at the very address of the tracker', { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' }],
    ['by a name of the machine', { origin: 'http://teacher.local:3000', host: 'teacher.local:3000' }],
    ['at an IPv6 address', { origin: 'http://[2001:db8::1]:3000', host: '[2001:db8::1]:3000' }],
    ['at the usual port, written or not', { origin: 'http://drop.example.org', host: 'drop.example.org:80' }],
    ['in other letters', { origin: 'http://drop.example.org', host: 'Drop.Example.org' }],
    ['by https, behind something that ends TLS', { origin: 'https://drop.example.org', host: 'drop.example.org' }],
  ])('%s', (_where, headers) => {
    expect(asks(headers)).toBe(true)
  })

  it('not at all: a terminal and a program name no page', () => {
    expect(asks({ host: 'localhost:3000' })).toBe(true)
  })

  it('where PUBLIC_URL says that people open it', () => {
    const headers = { origin: 'http://localhost:3000', host: 'localhost:3001' }
    expect(asks(headers)).toBe(false)
    expect(asks(headers, { publicUrl: 'http://localhost:3000/some/path' })).toBe(true)
  })

  it.each([
    [
      'that passes its name on',
      { 'x-forwarded-host': 'drop.example.org', host: 'tracker:3000' },
      'https://drop.example.org',
    ],
    ['with a port that it leaves out', { host: 'drop.example.org' }, 'https://drop.example.org:8443'],
    ['with a port that it passes on', { host: 'drop.example.org:8443' }, 'https://drop.example.org:8443'],
    ['behind another', { 'x-forwarded-host': 'drop.example.org, edge:80', host: 'x' }, 'https://drop.example.org'],
  ])('behind a trusted proxy %s', (_what, headers, origin) => {
    expect(asks({ ...headers, origin }, { trustedProxies: 1 })).toBe(true)
  })
})

describe('another site may not', () => {
  const host = 'localhost:3000'
  it.each([
    ['another host', 'http://evil.example'],
    ['another port of this host', 'http://localhost:4000'],
    ['this host at the usual port', 'http://localhost'],
    ['a name that begins like ours', 'http://localhost:3000.evil.example'],
    ['a name in which ours is a user', 'http://localhost:3000@evil.example'],
    ['a sandboxed frame', 'null'],
    ['a file', 'file://'],
    ['an extension', 'chrome-extension://localhost:3000'],
    ['nothing', ''],
    ['two at once', 'http://localhost:3000, http://evil.example'],
    ['one with a path', 'http://localhost:3000/'],
  ])('%s', (_who, origin) => {
    expect(asks({ origin, host })).toBe(false)
    expect(asks({ origin, host: 'drop.example.org', 'x-forwarded-host': 'edge' }, { trustedProxies: 1 })).toBe(false)
  })

  it('by a forwarded host, where no proxy is trusted', () => {
    expect(asks({ origin: 'http://evil.example', host, 'x-forwarded-host': 'evil.example' })).toBe(false)
  })

  it('where no host is named', () => {
    expect(asks({ origin: 'http://evil.example' })).toBe(false)
  })
})
