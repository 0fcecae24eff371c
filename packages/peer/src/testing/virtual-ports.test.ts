// The ports of the tests in virtual time keep to the same contracts as the real ones.
import { describe, expect, it } from 'vitest'
import { Placement } from '../stores/placement'
import { claimChecks, memoryChecks, recordChecks, runChunksChecks } from './keeping-contracts'
import {
  clockChecks,
  hasherChecks,
  lineChecks,
  linkChecks,
  type MakeLine,
  randomChecks,
  type Until,
} from './port-contracts'
import { sha256 } from './sha256'
import { keepingChecks, receiverChecks } from './store-contract'
import { VirtualWorld } from './virtual-device'
import { VirtualDisk, VirtualStore } from './virtual-disk'
import { VirtualClock, VirtualTime } from './virtual-time'

const within =
  (time: VirtualTime): Until =>
  async (isSo) => {
    if (!(await time.run(60_000, isSo))) throw new Error('it took more than a minute of virtual time')
  }

describe('virtual links', () => {
  it.each(linkChecks)('$name', async ({ run }) => {
    const { links, time } = new VirtualWorld()
    await expect(
      run({
        a: links.of('a'),
        b: links.of('b'),
        until: within(time),
        carry: (deliver) => void time.after(10, deliver),
      }),
    ).resolves.toBeUndefined()
  })
})

describe('a virtual line', () => {
  const make: MakeLine = async (answer) => {
    const { tracker, time } = new VirtualWorld()
    tracker.answer = async (_line, event, request) => answer(event, request)
    const line = tracker.newLine('a')
    // Time passes for anyone who awaits an answer.
    void time.run(3_600_000)
    return {
      line,
      answer,
      say: (event, payload) => line.deliver(event, payload),
      breakAll: () => tracker.restart(),
      aWhile: async () => {
        for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve))
      },
      until: async (isSo) => {
        for (let i = 0; i < 10_000 && !isSo(); i++) await new Promise((resolve) => setImmediate(resolve))
        if (!isSo()) throw new Error('it never was so')
      },
    }
  }
  it.each(lineChecks)('$name', async ({ run }) => {
    await expect(run(make)).resolves.toBeUndefined()
  })
})

describe('a virtual device', () => {
  it.each(memoryChecks)('has a memory that $name', async ({ run }) => {
    await expect(run(() => new VirtualWorld().device('a').memory('x'))).resolves.toBeUndefined()
  })

  it.each(randomChecks)('has a chance that $name', async ({ run }) => {
    await expect(run(new VirtualWorld().device('a').ports.random)).resolves.toBeUndefined()
  })

  it.each(recordChecks)('has records: it $name', async ({ run }) => {
    await expect(run(async () => new VirtualDisk(new VirtualTime()).table)).resolves.toBeUndefined()
  })

  it.each(runChunksChecks)('has a run’s chunks: it $name', async ({ run }) => {
    const { openRunChunks } = new VirtualWorld().device('a')
    await expect(run(openRunChunks)).resolves.toBeUndefined()
  })

  it.each(claimChecks)('has claims: what is claimed $name', async ({ run }) => {
    const { claim } = new VirtualDisk(new VirtualTime()).libraryPorts()
    await expect(run({ first: claim, second: claim })).resolves.toBeUndefined()
  })

  it.each(receiverChecks)('has a store that $name', async ({ run }) => {
    const disk = new VirtualDisk(new VirtualTime())
    const made = run(
      async (layout) =>
        new VirtualStore(
          disk,
          layout,
          new Map(),
          () => {},
          () => {},
        ),
    )
    await expect(made).resolves.toBeUndefined()
  })

  it.each(keepingChecks)('has a store that $name, from one visit to the next', async ({ run }) => {
    const made = run(() => {
      const disk = new VirtualDisk(new VirtualTime())
      return {
        open: (layout, runs = Placement.whole(layout).runs) => disk.shelf.open('a', layout, runs, () => {}),
        damage: async (chunk) => void disk.contents.get('a')?.set(chunk, new Uint8Array(1_000)),
      }
    })
    await expect(made).resolves.toBeUndefined()
  })
})

it.each(clockChecks)('a virtual clock $name', async ({ run }) => {
  const clock = new VirtualClock()
  const until: Until = async (isSo) => {
    while (!isSo()) {
      const { alarm } = clock
      if (!alarm) throw new Error('nothing will ring')
      clock.ms = Math.max(clock.ms, alarm.atMs)
      clock.alarm = undefined
      alarm.ring()
    }
  }
  await expect(run({ clock, until })).resolves.toBeUndefined()
})

it.each(hasherChecks)('the tests’ hasher $name', async ({ run }) => {
  await expect(run(sha256)).resolves.toBeUndefined()
})
