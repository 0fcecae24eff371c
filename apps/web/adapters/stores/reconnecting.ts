// Goes on where the browser has closed the connection to its database: for want of space, or because it deletes what is
// kept. It does that in several steps, so what is opened meanwhile is closed as well. Knows no database.

/** How often a connection is tried. With the pauses below, that is 6 s: a browser deletes a database in less. */
const TRIES = 8
const FIRST_PAUSE_MS = 50

/**
 * Whether the browser closed the database meanwhile, which aborts what was under way, an opening too. Chromium calls
 * some of that an unknown error, as it does much else.
 */
const isClosed = (error: unknown) =>
  error instanceof DOMException && (CLOSED.has(error.name) || error.message.startsWith('Connection is closing'))
const CLOSED = new Set(['InvalidStateError', 'AbortError'])

/**
 * Runs it until the browser does not cut it off, eight times at most, each after twice the pause; rejects with its last
 * error.
 */
export async function againWhileClosed<T>(
  run: () => Promise<T>,
  beforeNext: () => Promise<void> = async () => {},
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (!isClosed(error) || tries === TRIES) throw error
      await beforeNext()
      const pauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** Runs a use of the database that is open at that moment. */
export type UseConnection<Connection> = <T>(use: (connection: Connection) => Promise<T>) => Promise<T>

/**
 * Runs each use of a connection again, on a new one, where the browser has closed the one that there was. `check` looks
 * at the new one first, and rejects what must not go on there: a browser that deletes what is kept leaves an empty
 * database.
 */
export function reconnecting<Connection>(
  first: Connection,
  reopen: (closed: Connection) => Promise<Connection>,
  check: (connection: Connection) => Promise<void> = async () => {},
): UseConnection<Connection> {
  let current = first
  let reconnection: Promise<void> | undefined
  const reconnect = async () => {
    let fresh = await reopen(current)
    await againWhileClosed(
      () => check(fresh),
      async () => {
        fresh = await reopen(fresh)
      },
    )
    current = fresh
  }
  /** All whose use was cut off wait for the same new connection. */
  const renew = async (closed: Connection) => {
    if (current !== closed) return
    reconnection ??= reconnect().finally(() => {
      reconnection = undefined
    })
    await reconnection
  }
  return (use) => {
    let used = current
    return againWhileClosed(
      () => {
        used = current
        return use(used)
      },
      () => renew(used),
    )
  }
}
