// Reads the tracker's settings from the environment, or says which one cannot be used. Starts nothing.
import { ConfigError } from './config-error'
import { type IceConfig, readIceConfig } from './ice'

export type Config = {
  port: number
  host: string
  trustedProxies: number
  publicUrl: string | undefined
  logLevel: string
  relayBytesPerSecond: number
  ice: IceConfig
}

type Environment = Record<string, string | undefined>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** An empty variable counts as unset. Throws ConfigError. */
export function readConfig(env: Environment): Config {
  return {
    port: readInteger(env, 'PORT', { whenUnset: 3000, max: 65_535, meaning: 'the port to listen on' }),
    host: env.HOST || '0.0.0.0',
    trustedProxies: readInteger(env, 'TRUST_PROXY', {
      whenUnset: 0,
      max: 10,
      meaning: 'how many proxies stand in front and add to X-Forwarded-For',
    }),
    publicUrl: readPublicUrl(env.PUBLIC_URL || undefined),
    logLevel: readLogLevel(env.LOG_LEVEL || 'warn'),
    relayBytesPerSecond: readInteger(env, 'RELAY_BYTES_PER_SECOND', {
      whenUnset: 2_000_000,
      max: 10_000_000_000,
      meaning: 'what is carried between peers that find no other way to each other, in all (0: nothing)',
    }),
    ice: readIceConfig(env),
  }
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

function readLogLevel(level: string): string {
  if (logLevels.includes(level)) return level
  throw new ConfigError(`LOG_LEVEL is "${level}": it must be one of ${logLevels.join(', ')}.`)
}
