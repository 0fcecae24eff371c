// A browser that closes its database under the page: once, several times while it deletes, and for good.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { againWhileClosed, reconnecting } from './reconnecting'

const closedByBrowser = () => new DOMException('The connection was closed.', 'AbortError')

/** Connections by number; those below `closedUntil` are closed as soon as they are used. */
function connections(closedUntil: number) {
  let last = 0
  return {
    reopen: vi.fn(async () => ++last),
    use: async (connection: number) => {
      if (connection < closedUntil) throw closedByBrowser()
      return `by ${connection}`
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What becomes of it, in virtual time. */
async function outcome<T>(promise: Promise<T>): Promise<T | unknown> {
  const settled = promise.catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  return settled
}

describe('a connection that the browser closes', () => {
  it.each([0, 1, 2, 5])('is made again %d times, until a use goes through', async (closedUntil) => {
    const { reopen, use } = connections(closedUntil)
    expect(await outcome(reconnecting(0, reopen)(use))).toBe(`by ${closedUntil}`)
    expect(reopen).toHaveBeenCalledTimes(closedUntil)
  })

  it('is made again once for all whose use was cut off', async () => {
    const { reopen, use } = connections(1)
    const useOne = reconnecting(0, reopen)
    expect(await outcome(Promise.all([useOne(use), useOne(use), useOne(use)]))).toEqual(['by 1', 'by 1', 'by 1'])
    expect(reopen).toHaveBeenCalledTimes(1)
  })

  it('is not used before it has been looked at, and that is cut off as well', async () => {
    const { reopen, use } = connections(3)
    const check = vi.fn(async (connection: number) => void (await use(connection)))
    const used = vi.fn(use)
    expect(await outcome(reconnecting(0, reopen, check)(used))).toBe('by 3')
    expect(check.mock.calls).toEqual([[1], [2], [3]])
    expect(used.mock.calls).toEqual([[0], [3]])
  })

  it('is not used where what was kept is gone', async () => {
    const { reopen, use } = connections(1)
    const gone = new Error('deleted')
    const useOne = reconnecting(0, reopen, () => Promise.reject(gone))
    expect(await outcome(useOne(use))).toBe(gone)
    expect(await outcome(useOne(use))).toBe(gone)
  })

  it('is given up in the end', async () => {
    const { reopen, use } = connections(Number.POSITIVE_INFINITY)
    expect(await outcome(reconnecting(0, reopen)(use))).toMatchObject({ name: 'AbortError' })
    expect(reopen.mock.calls.length).toBeLessThan(10)
  })
})

describe('opening a database', () => {
  it('is tried again while the browser closes what is opened', async () => {
    const open = vi.fn(async () => 'open').mockRejectedValueOnce(closedByBrowser())
    expect(await outcome(againWhileClosed(open))).toBe('open')
  })

  it('is tried again where Chromium says the same as an unknown error', async () => {
    const closing = new DOMException('Connection is closing because of: Force close delete origin', 'UnknownError')
    const open = vi.fn(async () => 'open').mockRejectedValueOnce(closing)
    expect(await outcome(againWhileClosed(open))).toBe('open')
  })

  it('is not tried again for any other reason', async () => {
    const full = new DOMException('', 'QuotaExceededError')
    const open = vi.fn(() => Promise.reject(full))
    expect(await outcome(againWhileClosed(open))).toBe(full)
    expect(open).toHaveBeenCalledTimes(1)
  })
})
