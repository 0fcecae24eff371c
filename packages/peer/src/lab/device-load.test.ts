import { describe, expect, it } from 'vitest'
import { loadOf, reliefFor } from './device-load'
import { firstSettings, type LabSettings } from './settings'

const load = (settings: LabSettings, peers: number, here: number) => loadOf(settings, peers, here).bytesPerSecond
const p2p: LabSettings = { ...firstSettings, mode: 'p2p' }

describe('the load of a page', () => {
  it('is what all uploads together make where all peers are on it, and the server’s alone by client and server', () => {
    // 2.5 MB/s of the server and eight times 1 MB/s, less what whole chunks cost.
    expect(load(p2p, 8, 8)).toBeGreaterThan(9.5e6)
    expect(load(p2p, 8, 8)).toBeLessThan(10.5e6)
    expect(load({ ...firstSettings, mode: 'client-server' }, 8, 8)).toBeCloseTo(2.5e6)
    expect(load(firstSettings, 8, 8)).toBe(load(p2p, 8, 8))
  })

  it('is less where students carry a part, and half of the server’s where they carry all', () => {
    expect(load(p2p, 8, 4)).toBeLessThan(load(p2p, 8, 8))
    expect(load(p2p, 8, 0)).toBeCloseTo(1.25e6)
    expect(loadOf(p2p, 8, 0).isWorthATrial).toBe(false)
  })

  it('is none where nobody is, and not worth a trial where any device carries it', () => {
    expect(load(p2p, 0, 0)).toBe(0)
    const slow = {
      ...p2p,
      serverUploadBytesPerSecond: 300_000,
      everybody: { ...p2p.everybody, uploadBytesPerSecond: 30_000 },
    }
    expect(loadOf(slow, 8, 8).isWorthATrial).toBe(false)
    expect(reliefFor(slow, 8, 8, 1)).toBeUndefined()
  })
})

describe('what a device can carry', () => {
  it('is left alone where it fits', () => expect(reliefFor(p2p, 8, 8, 20e6)).toBeUndefined())

  it('is offered as lower speeds in the same proportions, or as fewer peers, either of which fits', () => {
    const relief = reliefFor(p2p, 8, 8, 8e6)
    expect(relief?.usableBytesPerSecond).toBeCloseTo(6.4e6)
    const slower = { ...p2p, ...relief?.slower.settings }
    expect(relief?.slower.share).toBe(0.6)
    expect(slower.everybody.uploadBytesPerSecond / slower.serverUploadBytesPerSecond).toBeCloseTo(0.4)
    expect(reliefFor(slower, 8, 8, 8e6)).toBeUndefined()
    const fewer = relief?.fewer ?? Number.NaN
    expect(reliefFor(p2p, fewer, fewer, 8e6)).toBeUndefined()
    expect(reliefFor(p2p, fewer + 1, fewer + 1, 8e6)).toBeDefined()
  })

  it('offers no fewer peers where the server alone is too much', () => {
    expect(reliefFor(p2p, 8, 8, 1e6)).toMatchObject({ fewer: undefined, slower: { share: 0.05 } })
  })
})
