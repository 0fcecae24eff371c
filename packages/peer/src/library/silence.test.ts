// A storage that does not answer, call by call, in virtual time: nobody waits longer than a moment, and nothing is lost
// by it.
import { beforeAll, describe, expect, it } from 'vitest'
import { type TestShare, testShare } from '../testing/test-share'
import { VirtualDisk } from '../testing/virtual-disk'
import { VirtualTime } from '../testing/virtual-time'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 6 })
})

/** A device that has kept two chunks. */
async function device() {
  const time = new VirtualTime()
  const disk = new VirtualDisk(time)
  const { store, log } = await disk.library().keep(share.content, () => {})
  const page = share.pages[0] ?? new Uint8Array()
  log?.page(0, page)
  for (const chunk of [1, 4])
    await store.write(
      chunk,
      [share.bytes.slice(chunk * 16_384, (chunk + 1) * 16_384)],
      page.slice(chunk * 32, (chunk + 1) * 32),
    )
  log?.close()
  await store.close()
  return { time, disk, library: disk.library() }
}

/** What a promise came to, and after how many seconds. */
async function timed<T>(time: VirtualTime, asked: Promise<T>): Promise<{ seconds: number; value: T | undefined }> {
  const startMs = time.now()
  let value: T | undefined
  let isOver = false
  void asked.then((answer) => {
    value = answer
    isOver = true
  })
  await time.run(60_000, () => isOver)
  return { seconds: (time.now() - startMs) / 1_000, value }
}

describe.each([
  ['table', 2],
  ['get', 2],
  ['put', 2],
  ['claim', 6],
  ['open', 6],
  ['recover', 5],
] as const)('a storage that does not answer %s', (call, mostSeconds) => {
  it(`opens a link after ${mostSeconds} s as if nothing were kept, and says that it is silent`, async () => {
    const { time, disk, library } = await device()
    disk.silent.add(call)
    const { seconds, value } = await timed(
      time,
      library.reopen(share.content.id, () => {}),
    )
    expect(value).toBeUndefined()
    expect(seconds).toBeCloseTo(mostSeconds)
    expect([library.trouble, disk.claimed.size]).toEqual(['silent', 0])
  })

  it('gives a download a place in memory, and says why', async () => {
    const { time, disk, library } = await device()
    disk.silent.add(call)
    const { seconds, value } = await timed(
      time,
      library.keep(share.content, () => {}),
    )
    expect(value).toMatchObject({ keeping: 'while-open', why: 'silent' })
    expect(seconds).toBeLessThanOrEqual(mostSeconds + 2)
    expect(disk.claimed.size).toBe(0)
  })

  it('waits once, not at every call', async () => {
    const { time, disk, library } = await device()
    disk.silent.add(call)
    await timed(
      time,
      library.reopen(share.content.id, () => {}),
    )
    const again = await timed(
      time,
      library.keep(share.content, () => {}),
    )
    expect(again.value).toMatchObject({ keeping: 'while-open', why: 'silent' })
    // To prove what is kept is another try each time.
    if (call !== 'recover') expect(again.seconds).toBe(0)
  })

  it('keeps as ever once it answers, from what was there, and lets go of what comes late', async () => {
    const { time, disk, library } = await device()
    disk.silent.add(call)
    await timed(
      time,
      library.reopen(share.content.id, () => {}),
    )
    disk.speak()
    await time.run(0)
    expect(disk.claimed.size).toBe(0)
    const { value } = await timed(
      time,
      library.keep(share.content, () => {}),
    )
    expect([value?.keeping, [...(value?.held?.indices() ?? [])], library.trouble]).toEqual(['kept', [1, 4], undefined])
  })
})

it('a storage that tells nobody how much is free is taken to have room', async () => {
  const { time, disk, library } = await device()
  disk.vanish()
  disk.silent.add('estimate')
  const { seconds, value } = await timed(
    time,
    library.keep(share.content, () => {}),
  )
  expect([value?.keeping, seconds]).toEqual(['kept', 2])
})

it('a list waits no longer than that either, and is not empty where only the sweep has no answer', async () => {
  const { time, disk, library } = await device()
  disk.silent.add('ids')
  const { seconds, value } = await timed(time, library.all())
  expect([value?.length, seconds]).toEqual([1, 2])
  disk.silent.add('table')
  expect(await timed(time, library.all())).toEqual({ seconds: 2, value: [] })
})
