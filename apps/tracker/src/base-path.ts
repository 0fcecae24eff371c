// Serves everything below a path, where a proxy passes on only what is below it: `/drop` for
// `https://example.org/drop/`. Knows nothing of what is served.
import type { Server } from 'node:http'
import { ConfigError } from './config-error'

/** What a build of the page has in place of the base path. */
const MARK = '/__swarmdrop_base_path__'
/** The same of `https://example.org`, where whole addresses are wanted. */
const ORIGIN_MARK = '__swarmdrop_origin__'

/** `files`: endings of those that are text. */
const texts = new Set(['.html', '.js', '.css', '.txt', '.json'])

/** `basePath`: empty where the page has a host of its own. `origin`: empty where nobody has said it. */
export type OwnAddress = { basePath: string; origin: string }

/** A file of the page's build with the addresses that it has here. */
export function withOwnAddress(bytes: Buffer, type: string, { basePath, origin }: OwnAddress): Buffer {
  if (!texts.has(type) || !(bytes.includes(MARK) || bytes.includes(ORIGIN_MARK))) return bytes
  return Buffer.from(bytes.toString().replaceAll(MARK, basePath).replaceAll(ORIGIN_MARK, origin))
}

/** Takes the path off what is asked for, before anybody else sees it. A proxy may have done so already. */
export function stripBasePath(http: Server, basePath: string): void {
  if (basePath === '') return
  const strip = (request: { url?: string }) => {
    const { url = '' } = request
    const rest = url.slice(basePath.length)
    if (url.startsWith(basePath) && /^($|[/?])/.test(rest)) request.url = rest.startsWith('/') ? rest : `/${rest}`
  }
  http.prependListener('request', strip)
  http.prependListener('upgrade', strip)
}

/** Reads BASE_PATH: with a slash before it and none behind. Throws ConfigError. */
export function readBasePath(text: string | undefined): string {
  const path = (text ?? '').replace(/\/+$/, '')
  if (path === '' || /^(\/[\w.~-]+)+$/.test(path)) return path
  throw new ConfigError(`BASE_PATH is "${text}": it must be the path that a proxy passes on here, like /drop.`)
}
