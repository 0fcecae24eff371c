// Reads the tracker's settings from the environment, or says which one cannot be used. Starts nothing.
import { readBasePath } from './base-path'
import { redisUrls } from './cluster/redis-urls'
import { ConfigError } from './config-error'
import { type IceConfig, readIceConfig } from './ice'

export type Config = {
  port: number
  host: string
  trustedProxies: number
  publicUrl: string | undefined
  basePath: string
  /** The folder of the built page; undefined: the one of this project. */
  webRoot: string | undefined
  logLevel: string
  relayBytesPerSecond: number
  /** The port of our own STUN server; undefined: there is none. */
  stunPort: number | undefined
  /**
   * The address of the Redis that several nodes share, or several of a Redis Cluster, comma-separated; undefined: there
   * is one node.
   */
  redisUrl: string | undefined
  /** The port of the metrics; undefined: there are none. */
  metricsPort: number | undefined
  metricsHost: string
  /** How long people are given to go to other nodes when this one is to end. */
  drainMs: number
  ice: IceConfig
}

type Environment = Record<string, string | undefined>

export const USUAL_PORT = 3000
export const MAX_PORT = 65_535
const METRICS_PORT = { whenUnset: 0, max: MAX_PORT, meaning: 'the port of the metrics' }
const DRAIN_SECONDS = { max: 600, meaning: 'over how long people are sent to other nodes on SIGTERM' }

/** The one that the standard gives to STUN. */
const STUN_PORT = 3478

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** An empty variable counts as unset. Throws ConfigError. */
export function readConfig(env: Environment): Config {
  const ice = readIceConfig(env)
  return {
    port: readInteger(env, 'PORT', { whenUnset: USUAL_PORT, max: MAX_PORT, meaning: 'the port to listen on' }),
    host: env.HOST || '::',
    trustedProxies: readInteger(env, 'TRUST_PROXY', {
      whenUnset: 0,
      max: 10,
      meaning: 'how many proxies stand in front and add to X-Forwarded-For',
    }),
    publicUrl: readPublicUrl(env.PUBLIC_URL || undefined),
    basePath: readBasePath(env.BASE_PATH),
    webRoot: env.WEB_ROOT || undefined,
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
    relayBytesPerSecond: readInteger(env, 'RELAY_BYTES_PER_SECOND', {
      whenUnset: 2_000_000,
      max: 10_000_000_000,
      meaning: 'what is carried between peers that find no other way to each other, in all (0: nothing)',
    }),
    stunPort: readStunPort(env, ice),
    redisUrl: readRedisUrl(env.REDIS_URL || undefined),
    metricsPort: env.METRICS_PORT ? readInteger(env, 'METRICS_PORT', METRICS_PORT) : undefined,
    metricsHost: env.METRICS_HOST || '127.0.0.1',
    drainMs: 1000 * readInteger(env, 'DRAIN_SECONDS', { ...DRAIN_SECONDS, whenUnset: env.REDIS_URL ? 5 : 0 }),
    ice,
  }
}

/**
 * The port of our own STUN server. Where others are named, it runs only if asked for: it may be one of them, under
 * another name than the page's.
 */
function readStunPort(env: Environment, { stunUris }: IceConfig): number | undefined {
  const whenUnset = stunUris.length > 0 ? 0 : STUN_PORT
  const port = readInteger(env, 'STUN_PORT', { whenUnset, max: MAX_PORT, meaning: 'the UDP port for STUN; 0: none' })
  return port === 0 ? undefined : port
}

type IntegerForm = { whenUnset: number; max: number; meaning: string }

function readInteger(env: Environment, name: string, { whenUnset, max, meaning }: IntegerForm): number {
  const text = env[name]
  if (text === undefined || text === '') return whenUnset
  const value = /^\d{1,11}$/.test(text) ? Number(text) : Number.NaN
  if (value <= max) return value
  throw new ConfigError(`${name} is "${text}": it must be a whole number from 0 to ${max}, ${meaning}.`)
}

function readPublicUrl(url: string | undefined): string | undefined {
  if (url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url
  throw new ConfigError(`PUBLIC_URL is "${url}": it must be where people open the page, like https://drop.example.org.`)
}

/** The addresses without spaces. They may hold a password: no error repeats them. */
function readRedisUrl(text: string | undefined): string | undefined {
  const urls = text === undefined ? undefined : redisUrls(text)
  const isCluster = urls !== undefined && urls.length > 1
  if (urls?.every((url) => isRedisUrl(url, isCluster)) === false)
    throw new ConfigError(
      'REDIS_URL must be where Redis is, like redis://redis.example.org:6379 (with /1 its database 1) or, by TLS, ' +
        'rediss://…; or several of a Redis Cluster, which has no databases, separated by commas.',
    )
  return urls?.join(',')
}

function isRedisUrl(url: string, isCluster: boolean): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, pathname } = new URL(url)
  return (
    /^rediss?:$/.test(protocol) && /^[^,]+$/.test(hostname) && (isCluster ? /^\/?$/ : /^(\/\d{0,5})?$/).test(pathname)
  )
}

function readLogLevel(level: string): string {
  if (logLevels.includes(level)) return level
  throw new ConfigError(`LOG_LEVEL is "${level}": it must be one of ${logLevels.join(', ')}.`)
}
