// Keeps one build of the page whole, and answers out of it. Knows nothing of when another build takes its place.

/** `pages`: as `''`, the start page, or `lab`; `files`: as `icon.svg`. All relative to the scope. */
export type Build = { version: string; pages: readonly string[]; files: readonly string[] }

export type BuildPorts = {
  caches: Pick<CacheStorage, 'open' | 'keys' | 'delete' | 'match'>
  fetch: (request: Request) => Promise<Response>
}

const NAME = 'swarmdrop-build-'
/** The builder gives what lies here a name by its content: under one name there is one content, for ever. */
const NAMED_BY_CONTENT = '_next/static/'
/** The mark of a build that pages have been made from. */
const WAS_IN_CHARGE = 'was-in-charge'
/** How many requests go at once: as many as a browser has lines to one host. */
const AT_ONCE = 6

export class BuildCache {
  readonly #name: string
  readonly #pages: ReadonlySet<string>
  readonly #files: ReadonlySet<string>

  /** `scope`: where the page is, as `https://example.org/drop/`. */
  readonly #build: Build
  readonly #scope: string
  readonly #ports: BuildPorts

  constructor(build: Build, scope: string, ports: BuildPorts) {
    this.#build = build
    this.#scope = scope
    this.#ports = ports
    this.#name = NAME + build.version
    this.#pages = new Set(build.pages)
    this.#files = new Set(build.files)
  }

  /** Fetches all files of the build. Rejects where one cannot be had, and leaves nothing half-done in charge. */
  async install(): Promise<void> {
    const cache = await this.#ports.caches.open(this.#name)
    const waiting = [...this.#build.pages, ...this.#build.files]
    const takeNext = async (): Promise<void> => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift())
        await cache.put(this.#addressOf(path), await this.#fresh(path))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
  }

  /**
   * Answers from now on. What older builds left goes, but for the one before: pages that are open were made from it,
   * and fetch parts of it when they need them. The server has them no longer.
   */
  async takeCharge(): Promise<void> {
    const { caches } = this.#ports
    const before: string[] = []
    for (const name of await caches.keys()) {
      if (!name.startsWith(NAME) || name === this.#name) continue
      const inCharge = await (await caches.open(name)).match(this.#addressOf(WAS_IN_CHARGE))
      if (inCharge) before.push(name)
      else await caches.delete(name)
    }
    for (const name of before.slice(0, -1)) await caches.delete(name)
    await (await caches.open(this.#name)).put(this.#addressOf(WAS_IN_CHARGE), new Response())
  }

  /** The answer to a request; undefined: that is no part of a build, and the browser asks the server as ever. */
  answer(request: Request): Promise<Response> | undefined {
    const path = this.#pathOf(request)
    if (path === undefined) return undefined
    return this.#find(path, request)
  }

  async #find(path: string, request: Request): Promise<Response> {
    const { caches, fetch } = this.#ports
    const key = this.#addressOf(path)
    // Servers vary by encoding, and here there is one.
    const own = await (await caches.open(this.#name)).match(key, { ignoreVary: true })
    const kept = own ?? (path.startsWith(NAMED_BY_CONTENT) ? await caches.match(key, { ignoreVary: true }) : undefined)
    return kept ? withoutAddress(kept) : fetch(request)
  }

  #pathOf({ method, url, mode }: Request): string | undefined {
    if (method !== 'GET' || !url.startsWith(this.#scope)) return undefined
    const path = url.slice(this.#scope.length).replace(/[?#].*$/, '')
    if (mode === 'navigate') {
      const page = path.replace(/(^|\/)index\.html$|\.html$|\/$/, '')
      return this.#pages.has(page) ? page : undefined
    }
    return this.#files.has(path) || path.startsWith(NAMED_BY_CONTENT) ? path : undefined
  }

  #addressOf(path: string): string {
    return this.#scope + path
  }

  async #fresh(path: string): Promise<Response> {
    const { caches, fetch } = this.#ports
    const address = this.#addressOf(path)
    const isNamedByContent = path.startsWith(NAMED_BY_CONTENT)
    const known = isNamedByContent ? await caches.match(address, { ignoreVary: true }) : undefined
    if (known) return known
    const response = await fetch(new Request(address, { cache: isNamedByContent ? 'default' : 'no-cache' }))
    // What was sent elsewhere would be refused as an answer to a page's own request.
    if (!response.ok || response.redirected) throw new Error(`${address} is answered by ${response.status}.`)
    return response
  }
}

/**
 * A page or a worker takes the address of its answer for its own, and would lose what stands behind `?` and `#` in the
 * one that it was asked for by. An answer without one leaves it that.
 */
const withoutAddress = ({ body, status, headers }: Response) => new Response(body, { status, headers })
