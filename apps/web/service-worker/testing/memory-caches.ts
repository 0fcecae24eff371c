// The browser's caches, in memory, as far as a service worker of ours uses them.

export class MemoryCaches {
  /** Caches by name, in the order in which they were opened. */
  readonly all = new Map<string, Map<string, Response>>()

  open = async (name: string): Promise<Cache> => {
    const entries = this.all.get(name) ?? new Map<string, Response>()
    this.all.set(name, entries)
    return {
      match: async (url: string) => found(url, entries.get(url)),
      put: async (url: string, response: Response) => void entries.set(url, response),
    } as unknown as Cache
  }

  keys = async (): Promise<string[]> => [...this.all.keys()]

  delete = async (name: string): Promise<boolean> => this.all.delete(name)

  match = async (url: RequestInfo | URL): Promise<Response | undefined> => {
    const all = [...this.all.values()].map((entries) => entries.get(String(url)))
    return found(
      String(url),
      all.find((response) => response !== undefined),
    )
  }
}

/** A stored response, which has the address that it was fetched by. */
function found(url: string, response: Response | undefined): Response | undefined {
  return response && Object.defineProperty(response.clone(), 'url', { value: url })
}
