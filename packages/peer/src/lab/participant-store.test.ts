import { expect, it } from 'vitest'
import { sha256 } from '../testing/sha256'
import { testShare } from '../testing/test-share'
import { openParticipantStore } from './participant-store'

it('holds of what was kept only what is proved, and keeps what it takes', async () => {
  const { content, pages, bytes } = await testShare({ chunks: 5, chunkBytes: 1_000 })
  const chunk = (index: number) => bytes.slice(index * 1_000, (index + 1) * 1_000)
  const put: number[] = []
  const kept = new Map([
    [0, chunk(0)],
    [1, chunk(2)],
    [2, new Uint8Array(999)],
    [4, chunk(4)],
    [70, chunk(0)],
  ])
  const { store, held } = await openParticipantStore(
    { content, pages },
    { load: async () => kept, put: (index) => void put.push(index), close: () => {}, remove: () => {} },
    sha256,
  )
  expect([...held.indices()]).toEqual([0, 4])
  await expect(store.read(1, 0, 10)).rejects.toThrow()
  const digest = (index: number) => (pages[0] ?? new Uint8Array()).slice(index * 32, (index + 1) * 32)
  expect(await store.write(1, [chunk(2)], digest(1))).toBe('wrong-digest')
  expect(await store.write(1, [chunk(1)], digest(1))).toBe('stored')
  expect(await store.read(1, 10, 20)).toEqual(chunk(1).slice(10, 30))
  expect(put).toEqual([1])
})
