import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config'
import { iceServers } from './ice'

describe('the settings', () => {
  it('have defaults that name nobody else and trust no proxy', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '::',
      trustedProxies: 0,
      publicUrl: undefined,
      basePath: '',
      relayBytesPerSecond: 2_000_000,
      webRoot: undefined,
      logLevel: 'warn',
      stunPort: 3478,
      redisUrl: undefined,
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      drainMs: 0,
      ice: { stunUris: [], turn: undefined },
    })
  })

  it('take an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '', STUN_URIS: '' })).toEqual(readConfig({}))
  })

  it.each(['http', '-1', '65536', '30 00', '3e3', '0x50'])('refuse PORT=%s and say what it must be', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(`PORT is "${PORT}": it must be a whole number from 0 to 65535`)
  })

  it('have no STUN server of our own for 0, and where others are named, unless it is asked for', () => {
    expect(readConfig({ STUN_PORT: '0' }).stunPort).toBeUndefined()
    const STUN_URIS = 'stun:stun.example.org'
    expect(readConfig({ STUN_URIS }).stunPort).toBeUndefined()
    expect(readConfig({ STUN_URIS, STUN_PORT: '3479' }).stunPort).toBe(3479)
    expect(() => readConfig({ STUN_PORT: 'udp' })).toThrow('STUN_PORT is "udp"')
  })

  it('send people to other nodes over five seconds where there are others, and say no password of Redis', () => {
    const REDIS_URL = 'redis://:secret@10.0.0.5:6379/1'
    expect(readConfig({ REDIS_URL })).toMatchObject({ redisUrl: REDIS_URL, drainMs: 5_000 })
    expect(readConfig({ REDIS_URL, DRAIN_SECONDS: '0' }).drainMs).toBe(0)
  })

  it('name one Redis, one of its databases, or several of a Redis Cluster', () => {
    const several = 'rediss://a.example.org:7001, rediss://b.example.org:7002'
    expect(readConfig({ REDIS_URL: several }).redisUrl).toBe(several.replace(' ', ''))
    const comma = 'redis://:a,b@host:6379'
    expect(readConfig({ REDIS_URL: comma }).redisUrl).toBe(comma)
  })

  it.each([
    'http://:secret@host',
    'redis://:secret@',
    'redis://:secret@host:port',
    'redis://:secret@host/name',
    'redis://:secret@a,',
    'redis://:secret@a,b:6379',
    'redis://:secret@a/1,redis://:secret@b/1',
  ])('refuse a Redis that is none, and tell no password: %s', (REDIS_URL) => {
    expect(() => readConfig({ REDIS_URL })).toThrow(/^REDIS_URL must be (?!.*secret)/)
  })

  it('refuse a TRUST_PROXY or LOG_LEVEL that means nothing', () => {
    expect(() => readConfig({ TRUST_PROXY: 'yes' })).toThrow('TRUST_PROXY is "yes"')
    expect(() => readConfig({ LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL is "loud"')
  })
})

describe('PUBLIC_URL', () => {
  it('is where people open the page', () => {
    expect(readConfig({ PUBLIC_URL: 'https://drop.example.org/files' }).publicUrl).toBe(
      'https://drop.example.org/files',
    )
  })

  it.each(['drop.example.org', 'ftp://drop.example.org', 'https://'])('is refused where it is no page: %s', (url) => {
    expect(() => readConfig({ PUBLIC_URL: url })).toThrow(`PUBLIC_URL is "${url}"`)
  })
})

describe('the ICE servers', () => {
  const TURN_STATIC_AUTH_SECRET = 'north'

  it('are none by default', () => {
    expect(iceServers(readConfig({}).ice, 'peer', 0)).toEqual([])
  })

  it('are those of STUN_URIS as they stand', () => {
    const { ice } = readConfig({ STUN_URIS: 'stun:stun.example.org, stuns:[2001:db8::1]:5349' })
    expect(iceServers(ice, 'peer', 0)).toEqual([{ urls: ['stun:stun.example.org', 'stuns:[2001:db8::1]:5349'] }])
  })

  it("carry coturn's time-limited credentials for TURN_URIS", () => {
    const { ice } = readConfig({ TURN_URIS: 'turn:turn.example.org:3478?transport=tcp', TURN_STATIC_AUTH_SECRET })
    const username = `${1_700_000_000 + 12 * 3600}:peer`
    const credential = createHmac('sha1', 'north').update(username).digest('base64')
    expect(iceServers(ice, 'peer', 1_700_000_000_999)).toEqual([
      { urls: ['turn:turn.example.org:3478?transport=tcp'], username, credential },
    ])
  })

  it.each(['stun://stun.example.org', 'turn:turn.example.org', 'stun.example.org', 'stun:', 'stun:a b'])(
    'refuse STUN_URIS=%s at start, where a browser would refuse every connection',
    (STUN_URIS) => {
      expect(() => readConfig({ STUN_URIS })).toThrow(`STUN_URIS holds "${STUN_URIS}"`)
    },
  )

  it("carry a user's name and password as they stand", () => {
    const { ice } = readConfig({ TURN_URIS: 'turn:t.example.org', TURN_USERNAME: 'school', TURN_PASSWORD: 'p w:d' })
    expect(iceServers(ice, 'peer', 0)).toEqual([
      { urls: ['turn:t.example.org'], username: 'school', credential: 'p w:d' },
    ])
  })

  const TURN_URIS = 'turn:t.example.org'
  const [TURN_USERNAME, TURN_PASSWORD] = ['school', 'pw']
  it.each([
    [{ TURN_URIS }, 'TURN_URIS is set without credentials: set TURN_STATIC_AUTH_SECRET'],
    [{ TURN_STATIC_AUTH_SECRET }, 'TURN_STATIC_AUTH_SECRET is set without TURN_URIS'],
    [{ TURN_USERNAME, TURN_PASSWORD }, 'TURN_USERNAME and TURN_PASSWORD are set without TURN_URIS'],
    [{ TURN_URIS, TURN_USERNAME }, 'TURN_USERNAME is set without TURN_PASSWORD'],
    [{ TURN_URIS, TURN_PASSWORD }, 'TURN_PASSWORD is set without TURN_USERNAME'],
    [{ TURN_PASSWORD }, 'TURN_PASSWORD is set without TURN_USERNAME'],
    [
      { TURN_URIS, TURN_STATIC_AUTH_SECRET, TURN_USERNAME, TURN_PASSWORD },
      'TURN_STATIC_AUTH_SECRET and TURN_USERNAME are both set',
    ],
    [{ TURN_URIS, TURN_STATIC_AUTH_SECRET, TURN_PASSWORD }, 'TURN_STATIC_AUTH_SECRET and TURN_PASSWORD are both set'],
  ])('refuse half of a relay, and two kinds of credentials: %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message)
  })

  it('take an empty name or secret for an unset one', () => {
    const env = { TURN_URIS, TURN_STATIC_AUTH_SECRET: '', TURN_USERNAME, TURN_PASSWORD }
    expect(readConfig(env).ice.turn).toEqual({ uris: [TURN_URIS], username: 'school', password: 'pw' })
  })
})
