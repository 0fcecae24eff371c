// Tabs that all hear one channel, in virtual time: at most one of them keeps a content.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Channel, Claims } from './claims'

type Word = Parameters<Channel['postMessage']>[0]

/** Delivers to all tabs but the one that speaks, after 5 ms. */
class Air {
  readonly #listeners = new Map<Channel, (event: { data: Word }) => void>()

  tab(): Channel {
    const channel: Channel = {
      postMessage: (data) => {
        for (const [other, hear] of this.#listeners) if (other !== channel) setTimeout(() => hear({ data }), 5)
      },
      addEventListener: (_type, listener) => void this.#listeners.set(channel, listener),
    }
    return channel
  }

  /** The page has gone, or the browser has frozen it. */
  silence(channel: Channel): void {
    this.#listeners.delete(channel)
  }
}

/** Web Locks as far as they are used: one holder of each name, and nobody waits. */
class FakeLocks {
  readonly #held = new Set<string>()

  request = (async (name: string, _options: object, use: (lock: object | null) => Promise<void> | undefined) => {
    if (this.#held.has(name)) return use(null)
    this.#held.add(name)
    await use({})
    this.#held.delete(name)
  }) as unknown as LockManager['request']
}

let drawn = 0
const draw = () => drawn++

describe.each([
  ['by asking each other, where there are no locks', () => undefined],
  ['by locks', () => new FakeLocks()],
])('tabs that claim a content, %s', (_how, makeLocks) => {
  let air: Air
  let locks: FakeLocks | undefined
  const tab = () => new Claims(air.tab(), locks, draw)
  const settled = async <T>(promise: Promise<T>, ms = 2_100): Promise<T> => {
    await vi.advanceTimersByTimeAsync(ms)
    return promise
  }

  beforeEach(() => {
    vi.useFakeTimers()
    drawn = 0
    air = new Air()
    locks = makeLocks()
  })
  afterEach(() => void vi.useRealTimers())

  it('let the first have it, and tell the second within a moment', async () => {
    const [one, other] = [tab(), tab()]
    expect(await settled(one.claim('a'))).toBeTypeOf('function')
    expect(await settled(other.claim('a'), 20)).toBeUndefined()
    expect(await settled(other.claim('b'))).toBeTypeOf('function')
  })

  it('let exactly one have it where two ask at once', async () => {
    const claims = [tab().claim('a'), tab().claim('a')]
    const releases = await settled(Promise.all(claims))
    expect(releases.filter((release) => release !== undefined)).toHaveLength(1)
  })

  it('do not keep the second one waiting where two ask at once', async () => {
    const first = tab().claim('a')
    const second = tab().claim('a')
    await vi.advanceTimersByTimeAsync(350)
    const both = await Promise.all([first, second])
    expect(both.filter((release) => release === undefined)).toHaveLength(1)
  })

  it('give it to the next when it is let go of', async () => {
    const [one, other] = [tab(), tab()]
    const release = await settled(one.claim('a'))
    release?.()
    expect(await settled(other.claim('a'))).toBeTypeOf('function')
  })

  it('wait for a session of their own that is ending', async () => {
    const one = tab()
    const release = await settled(one.claim('a'))
    const again = one.claim('a')
    setTimeout(() => release?.(), 1_000)
    expect(await settled(again)).toBeTypeOf('function')
    // The first one's release, called again, is not the second one's.
    release?.()
    expect(await settled(one.claim('a'), 5_000)).toBeUndefined()
  })
})

it('by locks, a tab that asked before anybody listened is told within a moment all the same', async () => {
  vi.useFakeTimers()
  const [air, locks] = [new Air(), new FakeLocks()]
  const after50Ms = {
    request: (async (...words: Parameters<LockManager['request']>) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return locks.request(...words)
    }) as LockManager['request'],
  }
  const slow = new Claims(air.tab(), after50Ms, draw).claim('a')
  await vi.advanceTimersByTimeAsync(20)
  expect(await new Claims(air.tab(), locks, draw).claim('a')).toBeTypeOf('function')
  const outcome = vi.fn()
  void slow.then(outcome)
  await vi.advanceTimersByTimeAsync(100)
  expect(outcome).toHaveBeenCalledWith(undefined)
  vi.useRealTimers()
})

it.each([
  ['rejects', () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'))],
  [
    'throws',
    () => {
      throw new DOMException('The request was denied.', 'SecurityError')
    },
  ],
])(
  'where the browser refuses locks, and %s, tabs ask each other, at the second claim as at the first',
  async (_, refuse) => {
    vi.useFakeTimers()
    const air = new Air()
    const locks = { request: refuse as unknown as LockManager['request'] }
    const one = new Claims(air.tab(), locks, draw)
    for (const _again of [1, 2]) {
      const claimed = one.claim('a')
      await vi.advanceTimersByTimeAsync(500)
      const release = await claimed
      expect(release).toBeTypeOf('function')
      const other = new Claims(air.tab(), locks, draw).claim('a')
      await vi.advanceTimersByTimeAsync(500)
      expect(await other).toBeUndefined()
      release?.()
    }
    vi.useRealTimers()
  },
)

it('without locks, a tab that is gone and cannot answer keeps nothing', async () => {
  vi.useFakeTimers()
  const air = new Air()
  const gone = air.tab()
  const first = new Claims(gone, undefined, draw).claim('a')
  await vi.advanceTimersByTimeAsync(500)
  expect(await first).toBeTypeOf('function')
  air.silence(gone)
  const second = new Claims(air.tab(), undefined, draw).claim('a')
  await vi.advanceTimersByTimeAsync(500)
  expect(await second).toBeTypeOf('function')
  vi.useRealTimers()
})
