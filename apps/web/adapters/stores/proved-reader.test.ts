// Its worker is a fake that answers nothing, breaks down, or is not there.
import { afterEach, expect, it, vi } from 'vitest'
import { sha256 } from '../hashing/digest'
import { WorkerFailed } from '../workers/worker-calls'
import { ProvedReader } from './proved-reader'

class SilentWorker extends EventTarget {
  static last: SilentWorker | undefined
  constructor() {
    super()
    SilentWorker.last = this
  }
  postMessage(): void {}
  terminate(): void {}
}

afterEach(() => void vi.unstubAllGlobals())

const bytes = Uint8Array.of(1, 2, 3)
const open = async () => ({ reader: new ProvedReader(new Blob([bytes])), digest: await sha256(bytes) })

it('reads by itself where there are no workers, and where the worker breaks down', async () => {
  vi.stubGlobal('Worker', undefined)
  const { reader, digest } = await open()
  expect(await reader.read(0, 3, digest)).toEqual(bytes)
  vi.stubGlobal('Worker', SilentWorker)
  const read = reader.read(0, 3, digest)
  SilentWorker.last?.dispatchEvent(new Event('error'))
  expect(await read).toEqual(bytes)
})

it('reads nothing once it is closed, not even what was asked before', async () => {
  vi.stubGlobal('Worker', SilentWorker)
  const { reader, digest } = await open()
  const read = reader.read(0, 3, digest)
  reader.close()
  await expect(read).rejects.toBeInstanceOf(WorkerFailed)
  await expect(reader.read(0, 3, digest)).rejects.toBeInstanceOf(WorkerFailed)
})
