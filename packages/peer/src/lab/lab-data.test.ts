// What every run spreads: its own content, from bytes that are in memory once.
import type { Experiment } from '@swarmdrop/core/simulation'
import { expect, it } from 'vitest'
import { sha256 } from '../testing/sha256'
import { contentOfRun, LabDataSource } from './lab-data'
import { openSharedStore } from './shared-store'

const CHUNK = 16_384
const experiment: Experiment = {
  name: 'two chunks',
  seed: 1,
  mode: 'p2p',
  fileBytes: 2 * CHUNK,
  chunkBytes: CHUNK,
  server: { uploadBytesPerSecond: CHUNK },
  peers: [],
}

it('two runs of the same data have different ids, so that their swarms never meet, and the same digests', async () => {
  const source = new LabDataSource(sha256)
  const [first, second] = [await source.forExperiment(experiment), await source.forExperiment(experiment)]
  expect(second).toBe(first)
  const [one, other] = [contentOfRun(first, 'run-1'), contentOfRun(first, 'run-2')]
  expect(one.content.id).not.toEqual(other.content.id)
  expect(one.pages).toEqual(other.pages)
})

it('a shared store proves every chunk that arrives, and reads from the one copy', async () => {
  const { bytes, digests } = await new LabDataSource(sha256).forExperiment(experiment)
  const { content } = contentOfRun({ name: 'data.bin', bytes, digests, chunkBytes: CHUNK }, 'run')
  const store = openSharedStore(bytes, content.layout, 'normal', sha256)
  const digest = digests.subarray(0, 32)
  expect(await store.write(0, [bytes.slice(0, CHUNK)], digest)).toBe('stored')
  expect(await store.write(0, [new Uint8Array(CHUNK)], digest)).toBe('wrong-digest')
  expect(await store.read(1, 5, 7)).toEqual(bytes.slice(CHUNK + 5, CHUNK + 12))
})
