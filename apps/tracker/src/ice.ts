// Tells browsers which STUN and TURN servers to use: none, unless the operator names some. Knows no sockets.
import { createHmac } from 'node:crypto'
import type { IceServer } from '@swarmdrop/core'
import { ConfigError } from './config-error'

export type IceConfig = { stunUris: string[]; turnUris: string[]; turnSecret: string }

/** A relay refuses the credentials after this time; a tab that reconnects to the tracker gets new ones. */
const CREDENTIAL_SECONDS = 12 * 3600

/**
 * coturn's time-limited credentials ("TURN REST API", coturn's `use-auth-secret`): the user name is the second at which
 * they expire and a name; the password is its HMAC-SHA1 under the secret that coturn holds too.
 */
export function iceServers(config: IceConfig, name: string, now: number): IceServer[] {
  const servers: IceServer[] = []
  if (config.stunUris.length > 0) servers.push({ urls: config.stunUris })
  if (config.turnUris.length > 0) {
    const username = `${Math.floor(now / 1000) + CREDENTIAL_SECONDS}:${name}`
    const credential = createHmac('sha1', config.turnSecret).update(username).digest('base64')
    servers.push({ urls: config.turnUris, username, credential })
  }
  return servers
}

const host = '([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?'
// RFC 7064 and RFC 7065. No slashes: a browser throws on `stun://…`, and then connects to nobody.
const stunUri = new RegExp(`^stuns?:${host}$`)
const turnUri = new RegExp(`^turns?:${host}(\\?transport=(udp|tcp))?$`)

/** Reads STUN_URIS, TURN_URIS (both comma-separated) and TURN_STATIC_AUTH_SECRET. Throws ConfigError. */
export function readIceConfig(env: Record<string, string | undefined>): IceConfig {
  const stunUris = readUris('STUN_URIS', env.STUN_URIS, stunUri, 'stun:stun.example.org:3478')
  const turnUris = readUris('TURN_URIS', env.TURN_URIS, turnUri, 'turn:turn.example.org:3478?transport=udp')
  const turnSecret = env.TURN_STATIC_AUTH_SECRET ?? ''
  if (turnUris.length > 0 && turnSecret === '') {
    throw new ConfigError(
      "TURN_URIS is set without TURN_STATIC_AUTH_SECRET: set it to the value of coturn's static-auth-secret.",
    )
  }
  if (turnUris.length === 0 && turnSecret !== '') {
    throw new ConfigError(
      'TURN_STATIC_AUTH_SECRET is set without TURN_URIS: name the server too, like turn:turn.example.org:3478.',
    )
  }
  return { stunUris, turnUris, turnSecret }
}

function readUris(name: string, value: string | undefined, form: RegExp, example: string): string[] {
  const uris = (value ?? '')
    .split(',')
    .map((uri) => uri.trim())
    .filter((uri) => uri !== '')
  const malformed = uris.find((uri) => !form.test(uri))
  if (malformed !== undefined) {
    throw new ConfigError(
      `${name} holds "${malformed}", which is not of the form ${example} (separate several by commas).`,
    )
  }
  return uris
}
