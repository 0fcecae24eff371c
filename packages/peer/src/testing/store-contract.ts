// What every store of chunks promises, as checks that run anywhere: under vitest, and inside a browser. Knows no test
// framework.
import { type ChunkStore, DIGEST_BYTES, type Layout, layoutOf, StoreError } from '@swarmdrop/core'
import type { RecoverableStore } from '../library/shelves'
import { sameBytes } from '../stores/digests'
import type { Runs } from '../stores/placement'
import { sha256 } from './sha256'

export type Check<Make> = { name: string; run: (make: Make) => Promise<void> }
export type MakeReceiver<Store extends RecoverableStore = RecoverableStore> = (layout: Layout) => Promise<Store>
/** A store that already serves `content`. */
export type MakeServing = (content: Uint8Array<ArrayBuffer>, layout: Layout) => Promise<ChunkStore>

/**
 * One place, opened by one page after another. `damage` alters what lies on the disk under a chunk, while nobody has it
 * open.
 */
export type KeptPlace<Store extends RecoverableStore = RecoverableStore> = {
  /** `runs`: the chunks that have a place; absent: all. */
  open(layout: Layout, runs?: Runs): Promise<Store>
  damage(chunk: number, layout: Layout): Promise<void>
}
export type MakeKept<Store extends RecoverableStore = RecoverableStore> = () => KeptPlace<Store>

// Three chunks and a bit: a last chunk that is shorter, in sizes small enough to look at.
export const LAYOUT = layoutOf(3 * 1000 + 7, 1000)
export const CONTENT = Uint8Array.from({ length: LAYOUT.totalBytes }, (_, index) => (index * 31 + (index >> 8)) % 256)

/** Checks for every store, the sender's too. */
export const servingChecks: Check<MakeServing>[] = [
  {
    name: 'reads a chunk whole, and any part of it',
    async run(make) {
      const store = await make(CONTENT, LAYOUT)
      expectBytes(await store.read(1, 0, 1000), CONTENT.slice(1000, 2000))
      expectBytes(await store.read(2, 250, 500), CONTENT.slice(2250, 2750))
      expectBytes(await store.read(3, 0, 7), CONTENT.slice(3000))
    },
  },
  {
    name: 'answers many reads at once, each with its own bytes',
    async run(make) {
      const store = await make(CONTENT, LAYOUT)
      const places = Array.from({ length: 60 }, (_, index) => ({ chunk: index % 3, offset: (index * 13) % 900 }))
      const answers = await Promise.all(places.map(({ chunk, offset }) => store.read(chunk, offset, 100)))
      for (const [index, { chunk, offset }] of places.entries()) {
        const start = chunk * 1000 + offset
        expectBytes(answers[index], CONTENT.slice(start, start + 100))
      }
    },
  },
]

/** Checks for the stores that a receiver fills. */
export const receiverChecks: Check<MakeReceiver>[] = [
  ...servingChecks.map(({ name, run }) => ({
    name,
    run: (make: MakeReceiver) =>
      run(async (content, layout) => {
        const store = await make(layout)
        await fill(store, content, layout)
        return store
      }),
  })),
  {
    name: 'keeps a chunk whose digest is right, from any number of blocks',
    async run(make) {
      const store = await make(LAYOUT)
      const chunk = CONTENT.slice(1000, 2000)
      const blocks = [chunk.slice(0, 400), chunk.slice(400, 999), chunk.slice(999)]
      expectEqual(await store.write(1, blocks, await sha256(chunk)), 'stored')
      expectBytes(await store.read(1, 0, 1000), chunk)
    },
  },
  {
    name: 'takes blocks that are views into larger buffers, or into one and the same',
    async run(make) {
      const store = await make(LAYOUT)
      const chunk = CONTENT.slice(0, 1000)
      const frame = new Uint8Array(1020)
      frame.set(chunk, 20)
      const blocks = [frame.subarray(20, 520), frame.subarray(520)]
      expectEqual(await store.write(0, blocks, await sha256(chunk)), 'stored')
      expectBytes(await store.read(0, 0, 1000), chunk)
    },
  },
  {
    name: 'refuses a chunk with another digest, and holds nothing of it',
    async run(make) {
      const store = await make(LAYOUT)
      const digest = await sha256(CONTENT.slice(0, 1000))
      const forged = CONTENT.slice(0, 1000).with(500, 1 + (CONTENT[500] ?? 0))
      expectEqual(await store.write(0, [forged], digest), 'wrong-digest')
      await expectStoreError(store.read(0, 0, 10))
    },
  },
  {
    name: 'refuses blocks that are together not one chunk',
    async run(make) {
      const store = await make(LAYOUT)
      for (const length of [0, 999, 1001]) {
        const bytes = CONTENT.slice(0, length)
        expectEqual(await store.write(0, [bytes.slice()], await sha256(bytes)), 'wrong-digest')
      }
      await expectStoreError(store.read(0, 0, 10))
    },
  },
  {
    name: 'leaves a held chunk as it is when a forged one comes after it',
    async run(make) {
      const store = await make(LAYOUT)
      const chunk = CONTENT.slice(0, 1000)
      const digest = await sha256(chunk)
      await store.write(0, [chunk.slice()], digest)
      expectEqual(await store.write(0, [new Uint8Array(1000)], digest), 'wrong-digest')
      expectEqual(await store.write(0, [chunk.slice()], digest), 'stored')
      expectBytes(await store.read(0, 0, 1000), chunk)
    },
  },
  {
    name: 'refuses to read a chunk that it does not hold',
    async run(make) {
      const store = await make(LAYOUT)
      await expectStoreError(store.read(2, 0, 10))
    },
  },
  {
    name: 'keeps two contents apart',
    async run(make) {
      const [one, other] = [await make(LAYOUT), await make(LAYOUT)]
      await writeChunk(one, CONTENT, LAYOUT, 0)
      await expectStoreError(other.read(0, 0, 10))
      await other.remove()
      expectBytes(await one.read(0, 0, 1000), CONTENT.slice(0, 1000))
    },
  },
  {
    name: 'refuses everything once it is closed, and closes twice without complaint',
    async run(make) {
      const store = await make(LAYOUT)
      await fill(store, CONTENT, LAYOUT)
      await store.close()
      await store.remove()
      await expectStoreError(store.read(0, 0, 10))
      await expectStoreError(writeChunk(store, CONTENT, LAYOUT, 0))
    },
  },
]

const unheard = () => {}

/** Checks for the stores whose chunks outlive their page. */
export const keepingChecks: Check<MakeKept>[] = [
  {
    name: 'finds nothing in a new place',
    async run(make) {
      const store = await make().open(LAYOUT)
      expectEqual((await store.recover([await page()], unheard)).count, 0)
    },
  },
  {
    name: 'holds again what was written before it was closed, serves it, and takes the rest',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT)
      for (const chunk of [3, 1]) await writeChunk(before, CONTENT, LAYOUT, chunk)
      await before.close()
      const store = await kept.open(LAYOUT)
      expectEqual([...(await store.recover([await page()], unheard)).indices()].join(), '1,3')
      expectBytes(await store.read(1, 10, 20), CONTENT.slice(1010, 1030))
      await expectStoreError(store.read(0, 0, 10))
      await fill(store, CONTENT, LAYOUT)
      await expectContent(store)
    },
  },
  {
    name: 'finds a chunk that is torn, holds nothing of it, and takes it again',
    async run(make) {
      const kept = make()
      await leaveAll(kept)
      await kept.damage(2, LAYOUT)
      const store = await kept.open(LAYOUT)
      expectEqual([...(await store.recover([await page()], unheard)).indices()].join(), '0,1,3')
      await expectStoreError(store.read(2, 0, 10))
      await writeChunk(store, CONTENT, LAYOUT, 2)
      await expectContent(store)
    },
  },
  {
    name: 'holds nothing of chunks whose digests are not here',
    async run(make) {
      const kept = make()
      await leaveAll(kept)
      const store = await kept.open(LAYOUT)
      expectEqual((await store.recover([undefined], unheard)).count, 0)
      await expectStoreError(store.read(0, 0, 10))
    },
  },
  {
    name: 'says how far it is with proving',
    async run(make) {
      const heard: string[] = []
      const store = await make().open(LAYOUT)
      await store.recover([await page()], (done, total) => heard.push(`${done} of ${total}`))
      expectEqual(heard.at(-1), '4 of 4')
    },
  },
  {
    name: 'keeps a part, takes more when there is to be more, and holds all of it again in the next visit',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT, [[2, 3]])
      await writeChunk(before, CONTENT, LAYOUT, 2)
      const runs: Runs = [
        [2, 4],
        [0, 1],
      ]
      await before.enlarge(runs)
      for (const chunk of [0, 3]) await writeChunk(before, CONTENT, LAYOUT, chunk)
      await expectChunks(before, [0, 2, 3])
      await before.close()
      const store = await kept.open(LAYOUT, runs)
      expectEqual([...(await store.recover([await page()], unheard)).indices()].join(), '0,2,3')
      await expectChunks(store, [0, 2, 3])
    },
  },
  {
    name: 'has nothing left once it is removed',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT)
      await fill(before, CONTENT, LAYOUT)
      await before.remove()
      const store = await kept.open(LAYOUT)
      expectEqual((await store.recover([await page()], unheard)).count, 0)
    },
  },
]

/** The hash page of the content. */
export async function page(): Promise<Uint8Array> {
  const digests = new Uint8Array(LAYOUT.chunkCount * DIGEST_BYTES)
  for (let chunk = 0; chunk < LAYOUT.chunkCount; chunk++) {
    digests.set(await sha256(CONTENT.slice(chunk * 1000, (chunk + 1) * 1000)), chunk * DIGEST_BYTES)
  }
  return digests
}

/** Every chunk, the last one first, all at once. */
export async function fill(store: ChunkStore, content: Uint8Array<ArrayBuffer>, layout: Layout): Promise<void> {
  const chunks = Array.from({ length: layout.chunkCount }, (_, index) => layout.chunkCount - 1 - index)
  await Promise.all(chunks.map((chunk) => writeChunk(store, content, layout, chunk)))
}

export async function writeChunk(
  store: ChunkStore,
  content: Uint8Array<ArrayBuffer>,
  { chunkBytes }: Layout,
  chunk: number,
): Promise<void> {
  const bytes = content.slice(chunk * chunkBytes, (chunk + 1) * chunkBytes)
  const digest = await sha256(bytes)
  const half = Math.floor(bytes.length / 2)
  expectEqual(await store.write(chunk, [bytes.slice(0, half), bytes.slice(half)], digest), 'stored')
}

export function expectEqual<T>(actual: T, expected: T): void {
  if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`)
}

export function expectBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  if (actual && sameBytes(actual, expected)) return
  throw new Error(`expected the bytes ${brief(expected)}, got ${actual ? brief(actual) : 'none'}`)
}

/** Everything, read chunk by chunk. */
/** All of it is there, from an earlier visit. */
async function leaveAll(kept: KeptPlace): Promise<void> {
  const before = await kept.open(LAYOUT)
  await fill(before, CONTENT, LAYOUT)
  await before.close()
}

const expectContent = (store: ChunkStore): Promise<void> =>
  expectChunks(
    store,
    Array.from({ length: LAYOUT.chunkCount }, (_, chunk) => chunk),
  )

async function expectChunks(store: ChunkStore, chunks: readonly number[]): Promise<void> {
  for (const chunk of chunks) {
    const expected = CONTENT.slice(chunk * 1000, (chunk + 1) * 1000)
    expectBytes(await store.read(chunk, 0, expected.length), expected)
  }
}

function brief(bytes: Uint8Array): string {
  return `${bytes.subarray(0, 8).join(' ')}… (${bytes.length})`
}

export async function expectStoreError(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  if (!(outcome instanceof StoreError)) throw new Error(`expected a StoreError, got ${outcome}`)
}
