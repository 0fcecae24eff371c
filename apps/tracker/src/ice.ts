// Tells browsers which STUN and TURN servers to use: none, unless the operator names some. Knows no sockets.
import { createHmac } from 'node:crypto'
import type { IceServer } from '@swarmdrop/core/signaling'
import { ConfigError } from './config-error'

/** Credentials by coturn's shared secret, or of one user whose name and password everybody gets. */
type TurnCredentials = { secret: string } | { username: string; password: string }

export type IceConfig = { stunUris: string[]; turn: ({ uris: string[] } & TurnCredentials) | undefined }

type Environment = Record<string, string | undefined>

/** A relay refuses the credentials after this time; a tab that reconnects to the tracker gets new ones. */
const CREDENTIAL_SECONDS = 12 * 3600

/**
 * coturn's time-limited credentials ("TURN REST API", coturn's `use-auth-secret`): the user name is the second at which
 * they expire and a name; the password is its HMAC-SHA1 under the secret that coturn holds too.
 */
export function iceServers(config: IceConfig, name: string, now: number): IceServer[] {
  const servers: IceServer[] = []
  if (config.stunUris.length > 0) servers.push({ urls: config.stunUris })
  if (config.turn) servers.push({ urls: config.turn.uris, ...credentialsOf(config.turn, name, now) })
  return servers
}

function credentialsOf(turn: TurnCredentials, name: string, now: number): Pick<IceServer, 'username' | 'credential'> {
  if (!('secret' in turn)) return { username: turn.username, credential: turn.password }
  const username = `${Math.floor(now / 1000) + CREDENTIAL_SECONDS}:${name}`
  return { username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }
}

const host = '([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?'
// RFC 7064 and RFC 7065. No slashes: a browser throws on `stun://…`, and then connects to nobody.
const stunUri = new RegExp(`^stuns?:${host}$`)
const turnUri = new RegExp(`^turns?:${host}(\\?transport=(udp|tcp))?$`)

/**
 * Reads STUN_URIS, TURN_URIS (both comma-separated) and what the relay's credentials are made of. Throws ConfigError.
 */
export function readIceConfig(env: Environment): IceConfig {
  const stunUris = readUris('STUN_URIS', env.STUN_URIS, stunUri, 'stun:stun.example.org:3478')
  const turnUris = readUris('TURN_URIS', env.TURN_URIS, turnUri, 'turn:turn.example.org:3478?transport=udp')
  const credentials = readCredentials(env)
  if (turnUris.length === 0 && credentials) {
    const set = 'secret' in credentials ? 'TURN_STATIC_AUTH_SECRET is' : 'TURN_USERNAME and TURN_PASSWORD are'
    throw new ConfigError(`${set} set without TURN_URIS: name the server too, like turn:turn.example.org:3478.`)
  }
  if (turnUris.length > 0 && !credentials) {
    throw new ConfigError(
      "TURN_URIS is set without credentials: set TURN_STATIC_AUTH_SECRET to the value of coturn's static-auth-secret, " +
        'or TURN_USERNAME and TURN_PASSWORD to those of a user of the relay.',
    )
  }
  return { stunUris, turn: credentials && { uris: turnUris, ...credentials } }
}

function readCredentials(env: Environment): TurnCredentials | undefined {
  const [secret, username, password] = [env.TURN_STATIC_AUTH_SECRET, env.TURN_USERNAME, env.TURN_PASSWORD]
  if (secret && (username || password)) {
    const second = username ? 'TURN_USERNAME' : 'TURN_PASSWORD'
    throw new ConfigError(
      `TURN_STATIC_AUTH_SECRET and ${second} are both set: a relay takes a shared secret or a user's name and password. ` +
        'Leave out what yours does not take.',
    )
  }
  if (secret) return { secret }
  if (username && password) return { username, password }
  if (username) throw new ConfigError('TURN_USERNAME is set without TURN_PASSWORD: set both.')
  if (password) throw new ConfigError('TURN_PASSWORD is set without TURN_USERNAME: set both.')
  return undefined
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
