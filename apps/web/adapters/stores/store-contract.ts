// What every store promises, as checks that run anywhere: under vitest, and inside a browser. Knows no test framework.
import { type ChunkStore, DIGEST_BYTES, type Layout, layoutOf, StoreError } from '@swarmdrop/core'
import { sameBytes, sha256 } from '../digest'
import type { ReceiverStore } from './receiver-store'

export type Check<Make> = { name: string; run: (make: Make) => Promise<void> }
export type MakeReceiver = (layout: Layout) => Promise<ReceiverStore>
/** A store that already serves `content`. */
export type MakeServing = (content: Uint8Array<ArrayBuffer>, layout: Layout) => Promise<ChunkStore>

/** One place, opened by one page after another. `damage` alters what lies on the disk under a chunk, while nobody has it open. */
export type KeptStore = {
  open(layout: Layout): Promise<ReceiverStore>
  damage(chunk: number, layout: Layout): Promise<void>
}
export type MakeKept = () => KeptStore

// Three chunks and a bit: a last chunk that is shorter, in sizes small enough to look at.
const LAYOUT = layoutOf(3 * 1000 + 7, 1000)
const CONTENT = Uint8Array.from({ length: LAYOUT.totalBytes }, (_, index) => (index * 31 + (index >> 8)) % 256)

/** For every store, the sender's too. */
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

/** For the stores that a receiver fills. */
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
    name: 'gives the content for saving, whole and in part, from chunks that came in any order',
    async run(make) {
      const store = await make(LAYOUT)
      await fill(store, CONTENT, LAYOUT)
      expectBytes(await bytesOf(await store.contentBlob(0, LAYOUT.totalBytes)), CONTENT)
      expectBytes(await bytesOf(await store.contentBlob(900, 2100)), CONTENT.slice(900, 2100))
      expectBytes(await bytesOf(await store.contentBlob(3000, 3007)), CONTENT.slice(3000))
      expectBytes(await bytesOf(await store.contentBlob(1000, 1000)), new Uint8Array(0))
    },
  },
  {
    name: 'gives nothing for saving while a chunk is missing, and goes on afterwards',
    async run(make) {
      const store = await make(LAYOUT)
      await writeChunk(store, CONTENT, LAYOUT, 0)
      await expectStoreError(store.contentBlob(0, 1000))
      expectBytes(await store.read(0, 0, 1000), CONTENT.slice(0, 1000))
      await fill(store, CONTENT, LAYOUT)
      expectBytes(await bytesOf(await store.contentBlob(0, LAYOUT.totalBytes)), CONTENT)
    },
  },
  {
    name: 'goes on serving after the content was given for saving',
    async run(make) {
      const store = await make(LAYOUT)
      await fill(store, CONTENT, LAYOUT)
      await store.contentBlob(0, LAYOUT.totalBytes)
      expectBytes(await store.read(3, 2, 5), CONTENT.slice(3002))
    },
  },
  {
    name: 'leaves what was given for saving readable when it is removed',
    async run(make) {
      const store = await make(LAYOUT)
      await fill(store, CONTENT, LAYOUT)
      const blob = await store.contentBlob(0, LAYOUT.totalBytes)
      await store.remove()
      expectBytes(await bytesOf(blob), CONTENT)
    },
  },
  {
    name: 'holds a content without a byte',
    async run(make) {
      const store = await make(layoutOf(0, 1000))
      expectEqual((await store.contentBlob(0, 0)).size, 0)
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
      await expectStoreError(store.contentBlob(0, 10))
      await expectStoreError(writeChunk(store, CONTENT, LAYOUT, 0))
    },
  },
]

const unheard = () => {}

/** For the stores whose chunks outlive their page. */
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
      expectBytes(await bytesOf(await store.contentBlob(0, LAYOUT.totalBytes)), CONTENT)
    },
  },
  {
    name: 'finds a chunk that is torn, holds nothing of it, and takes it again',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT)
      await fill(before, CONTENT, LAYOUT)
      await before.close()
      await kept.damage(2, LAYOUT)
      const store = await kept.open(LAYOUT)
      expectEqual([...(await store.recover([await page()], unheard)).indices()].join(), '0,1,3')
      await expectStoreError(store.read(2, 0, 10))
      await writeChunk(store, CONTENT, LAYOUT, 2)
      expectBytes(await bytesOf(await store.contentBlob(0, LAYOUT.totalBytes)), CONTENT)
    },
  },
  {
    name: 'is complete again after it was saved and closed',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT)
      await fill(before, CONTENT, LAYOUT)
      await before.contentBlob(0, LAYOUT.totalBytes)
      await before.close()
      const store = await kept.open(LAYOUT)
      expectEqual((await store.recover([await page()], unheard)).isComplete, true)
      expectBytes(await bytesOf(await store.contentBlob(900, 2100)), CONTENT.slice(900, 2100))
    },
  },
  {
    name: 'holds nothing of chunks whose digests are not here',
    async run(make) {
      const kept = make()
      const before = await kept.open(LAYOUT)
      await fill(before, CONTENT, LAYOUT)
      await before.close()
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
async function page(): Promise<Uint8Array> {
  const digests = new Uint8Array(LAYOUT.chunkCount * DIGEST_BYTES)
  for (let chunk = 0; chunk < LAYOUT.chunkCount; chunk++) {
    digests.set(await sha256(CONTENT.slice(chunk * 1000, (chunk + 1) * 1000)), chunk * DIGEST_BYTES)
  }
  return digests
}

/** Every chunk, the last one first, all at once. */
async function fill(store: ChunkStore, content: Uint8Array<ArrayBuffer>, layout: Layout): Promise<void> {
  const chunks = Array.from({ length: layout.chunkCount }, (_, index) => layout.chunkCount - 1 - index)
  await Promise.all(chunks.map((chunk) => writeChunk(store, content, layout, chunk)))
}

async function writeChunk(
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

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}

function expectEqual<T>(actual: T, expected: T): void {
  if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`)
}

function expectBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  if (actual && sameBytes(actual, expected)) return
  throw new Error(`expected the bytes ${brief(expected)}, got ${actual ? brief(actual) : 'none'}`)
}

function brief(bytes: Uint8Array): string {
  return `${bytes.subarray(0, 8).join(' ')}… (${bytes.length})`
}

async function expectStoreError(promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  if (!(outcome instanceof StoreError)) throw new Error(`expected a StoreError, got ${outcome}`)
}
