import { afterEach, describe, expect, it } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { seededRandom, testSeed } from '../testing/seeded-random'
import { forkTracker } from './fork-tracker'
import { codes, joins, pages, resets, rooms, signals } from './parts'
import { growthIn, soak } from './soak'
import type { Held } from './tracker-process'

afterEach(closeAll)

const seed = testSeed()
const held = (change: Partial<Held>): Held => ({
  heapBytes: 100,
  codeBytes: 0,
  rssBytes: 1_000,
  peakBytes: 0,
  handles: 5,
  logLines: 0,
  counts: {
    connections: 0,
    sockets: 0,
    swarms: 0,
    members: 0,
    rooms: 6,
    seated: 0,
    codes: 0,
    remembered: 300,
    relayed: 0,
  },
  ...change,
})

describe('a soak', () => {
  it(`takes turns of every part, and looks between them at what the tracker holds (SEED=${seed})`, async () => {
    const tracker = await forkTracker({ webRoot: 'no-such-folder', trustedProxies: 1 })
    afterTest(() => tracker.end())
    const parts = [joins, signals, codes, resets, rooms(), pages]
    const { samples, turns } = await soak(tracker, { durationMs: 300, parts, random: seededRandom(seed), samples: 3 })
    expect(samples).toHaveLength(3)
    // Two workers, each at least once before every look.
    for (const part of parts) expect(turns[part.name], part.name).toBeGreaterThanOrEqual(6)
    // Nothing is left of anybody: the listening socket, the line to this process, and timers.
    expect(samples.at(-1)?.handles).toBeLessThan(12)
  }, 60_000)

  it.each([
    ['memory', ['rssBytes', [1_000, 1_020, 1_040, 1_060]], 'The memory grew by 6.0 %'],
    ['heap', ['heapBytes', [100, 102, 190, 106, 108]], 'The heap grew by 8.0 %'],
    ['heap, at one stroke', ['heapBytes', [100, 100, 100, 100, 100, 110, 110, 110, 110, 110]], 'The heap grew by'],
    ['handles', ['handles', [5, 9, 9, 9]], '4 more handles'],
  ] as const)('tells what grows: %s', (_what, [of, values], sentence) => {
    expect(growthIn(values.map((value) => held({ [of]: value })))).toEqual([expect.stringContaining(sentence)])
  })

  it('tells who is still there when everybody has gone', () => {
    const left = held({ counts: { ...held({}).counts, members: 3, swarms: 1 } })
    expect(growthIn([held({}), left, held({})])).toEqual([
      'When everybody had gone, 1 swarms were still there.',
      'When everybody had gone, 3 members were still there.',
    ])
  })

  it('forgives what it takes to be warm, what goes again, and what is within a twentieth', () => {
    const within = held({ rssBytes: 1_040, heapBytes: 104, handles: 7 })
    expect(growthIn([held({}), held({ heapBytes: 200 }), within, within, within])).toEqual([])
  })
})
