// What a browser's stores promise beyond every store: to give their content for saving, as a Blob. Checks that run
// anywhere: under vitest, and inside a browser.
import { layoutOf } from '@swarmdrop/core'
import {
  type Check,
  CONTENT,
  expectBytes,
  expectEqual,
  expectStoreError,
  fill,
  LAYOUT,
  type MakeKept,
  type MakeReceiver,
  page,
  writeChunk,
} from '@swarmdrop/peer/testing'
import type { ReceiverStore } from '../receiver-store'

export type MakeBlobStore = MakeReceiver<ReceiverStore>
export type MakeKeptBlobStore = MakeKept<ReceiverStore>

export const blobChecks: Check<MakeBlobStore>[] = [
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
    name: 'gives nothing for saving once it is closed',
    async run(make) {
      const store = await make(LAYOUT)
      await fill(store, CONTENT, LAYOUT)
      await store.close()
      await expectStoreError(store.contentBlob(0, 10))
    },
  },
]

/** Checks for the stores whose chunks outlive their page. */
export const keptBlobChecks: Check<MakeKeptBlobStore>[] = [
  {
    name: 'gives the content for saving that was chosen in parts, in its own order',
    async run(make) {
      const store = await make().open(LAYOUT, [[2, 3]])
      await writeChunk(store, CONTENT, LAYOUT, 2)
      await store.enlarge([
        [2, 4],
        [0, 2],
      ])
      for (const chunk of [0, 1, 3]) await writeChunk(store, CONTENT, LAYOUT, chunk)
      expectBytes(await bytesOf(await store.contentBlob(0, LAYOUT.totalBytes)), CONTENT)
      expectBytes(await bytesOf(await store.contentBlob(1900, 3003)), CONTENT.slice(1900, 3003))
      expectBytes(await store.read(3, 2, 5), CONTENT.slice(3002))
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
      expectEqual((await store.recover([await page()], () => {})).isComplete, true)
      expectBytes(await bytesOf(await store.contentBlob(900, 2100)), CONTENT.slice(900, 2100))
    },
  },
]

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
