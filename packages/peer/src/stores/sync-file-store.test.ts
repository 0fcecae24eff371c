// Holds the store behind the OPFS worker to what the contract says of writing and reading, and breaks its disk.
import { layoutOf } from '@swarmdrop/core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeHandle } from '../testing/fake-handle'
import { sha256 } from '../testing/sha256'
import { servingChecks } from '../testing/store-contract'
import { VirtualTime } from '../testing/virtual-time'
import { HeldMarks } from './held-marks'
import { SyncFileStore } from './sync-file-store'

const LAYOUT = layoutOf(2000, 1000)
const CHUNK = new Uint8Array(1000).fill(7)

const quotaExceeded = () => new DOMException('No space.', 'QuotaExceededError')

describe('a store on a synchronous file handle', () => {
  let handle: FakeHandle
  let store: SyncFileStore
  let digest: Uint8Array
  beforeEach(async () => {
    handle = new FakeHandle()
    store = new SyncFileStore(handle, LAYOUT, sha256)
    digest = await sha256(CHUNK)
  })

  it.each(servingChecks)('$name', async ({ run }) => {
    const made = run(async (content, layout) => {
      const filled = new SyncFileStore(new FakeHandle(), layout, sha256)
      for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
        const bytes = content.slice(chunk * layout.chunkBytes, (chunk + 1) * layout.chunkBytes)
        await filled.write(chunk, [bytes], await sha256(bytes))
      }
      return filled
    })
    await expect(made).resolves.toBeUndefined()
  })

  it('says before the first chunk that there is no space for all of them', () => {
    const full = new FakeHandle()
    full.refuse = quotaExceeded()
    expect(() => new SyncFileStore(full, LAYOUT, sha256)).toThrow(expect.objectContaining({ code: 'no-space' }))
  })

  it('holds nothing of a chunk that the disk had no space for', async () => {
    handle.refuse = quotaExceeded()
    await expect(store.write(0, [CHUNK.slice()], digest)).rejects.toMatchObject({ code: 'no-space' })
    handle.refuse = undefined
    await expect(store.read(0, 0, 10)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('holds nothing of a chunk that the disk took only in part', async () => {
    handle.writable = 999
    await expect(store.write(0, [CHUNK.slice()], digest)).rejects.toMatchObject({ code: 'no-space' })
    await expect(store.read(0, 0, 10)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('names the fault of a disk that fails otherwise', async () => {
    handle.refuse = new DOMException('The device is gone.', 'InvalidStateError')
    const writing = store.write(0, [CHUNK.slice()], digest)
    await expect(writing).rejects.toMatchObject({ code: 'unavailable', message: /The device is gone/ })
  })

  it('gives no byte of a file that was cut under its feet, and says that it was deleted', async () => {
    await store.write(0, [CHUNK.slice()], digest)
    handle.bytes = handle.bytes.slice(0, 600)
    await expect(store.read(0, 500, 200)).rejects.toMatchObject({ code: 'vanished', message: /deleted by the browser/ })
    expect(await store.read(0, 0, 600)).toEqual(CHUNK.slice(0, 600))
  })

  it('is sealed only when every chunk is there', async () => {
    await store.write(0, [CHUNK.slice()], digest)
    expect(() => store.seal()).toThrow(expect.objectContaining({ code: 'unavailable' }))
    await store.write(1, [CHUNK.slice()], digest)
    expect(() => store.seal()).not.toThrow()
  })

  it('leaves a file of the right length untouched: somebody may be saving it', () => {
    const truncate = vi.spyOn(handle, 'truncate')
    new SyncFileStore(handle, LAYOUT, sha256)
    expect(truncate).not.toHaveBeenCalled()
  })

  it('holds again what is marked and right, and unmarks what is torn', async () => {
    const marks = new HeldMarks(new FakeHandle(), LAYOUT.chunkCount, new VirtualTime())
    for (const chunk of [0, 1]) marks.set(chunk)
    handle.write(CHUNK, { at: 0 })
    const again = new SyncFileStore(handle, LAYOUT, sha256, marks)
    const digests = new Uint8Array([...digest, ...digest])
    expect(await again.prove(0, digests)).toEqual([0])
    expect([marks.has(0), marks.has(1)]).toEqual([true, false])
    expect(await again.read(0, 0, 1000)).toEqual(CHUNK)
  })

  it('does not look at what is not marked', async () => {
    handle.write(CHUNK, { at: 0 })
    const marks = new HeldMarks(new FakeHandle(), LAYOUT.chunkCount, new VirtualTime())
    const again = new SyncFileStore(handle, LAYOUT, sha256, marks)
    expect(await again.prove(0, digest)).toEqual([])
  })

  it('takes the space of the chunks that have a place, and more when more have; where there is none, all is as before', async () => {
    const layout = layoutOf(5_500, 1_000)
    const chosen = new FakeHandle()
    const part = new SyncFileStore(chosen, layout, sha256, undefined, [[5, 6]])
    expect(chosen.getSize()).toBe(500)
    await expect(part.write(0, [CHUNK.slice()], digest)).rejects.toMatchObject({ code: 'unavailable' })
    const last = CHUNK.slice(0, 500)
    await part.write(5, [last.slice()], await sha256(last))
    chosen.refuse = quotaExceeded()
    expect(() =>
      part.enlarge([
        [5, 6],
        [1, 3],
      ]),
    ).toThrow(expect.objectContaining({ code: 'no-space' }))
    chosen.refuse = undefined
    await expect(part.write(1, [CHUNK.slice()], digest)).rejects.toMatchObject({ code: 'unavailable' })
    part.enlarge([
      [5, 6],
      [1, 3],
    ])
    expect(chosen.getSize()).toBe(3_000)
    const other = new Uint8Array(1_000).fill(9)
    await part.write(2, [other.slice()], await sha256(other))
    expect([...(await part.read(2, 0, 3)), ...(await part.read(5, 497, 3))]).toEqual([9, 9, 9, 7, 7, 7])
  })
})
