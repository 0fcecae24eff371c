// Loads code that is fetched when it is first needed, from a server that may be away by then. Knows nothing of what it
// is.

const RETRY_MS = 3_000

/** Tries again until it succeeds: what is drawn with it appears later, and all else goes on. */
export async function retryUntilDone<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}
