// A host that tries its device, in virtual time.
import { describe, expect, it } from 'vitest'
import { classOf, smallSettings } from '../testing/virtual-lab'
import { reliefFor } from './device-load'

const quick = {
  ...smallSettings,
  fileBytes: 1_600_000,
  serverUploadBytesPerSecond: 50_000_000,
  everybody: { uploadBytesPerSecond: 20_000_000, downloadBytesPerSecond: 80_000_000, latencyMs: 5 },
}

describe('a trial of the device', () => {
  it('is made before a run whose speeds could be too much, again with more peers, and leaves nobody behind', async () => {
    const { lab, host, time } = await classOf(3, [], quick)
    await time.run(20_000, () => lab.shown.capacity !== undefined)
    const { capacity = 0 } = lab.shown
    expect(capacity).toBeGreaterThan(1e6)
    expect(lab.shown.isTrying).toBe(false)
    expect(lab.world.tracker.swarmCount).toBe(0)
    expect(reliefFor(lab.shown.settings, 3, 3, capacity) !== undefined).toBe(110e6 > 0.8 * capacity)
    host.addPeers(-1)
    await time.run(5_000)
    expect([lab.shown.isTrying, lab.shown.capacity]).toEqual([false, capacity])
    // More of them may be too much where those were not.
    host.addPeers(3)
    expect(await time.run(5_000, () => lab.shown.isTrying)).toBe(true)
    expect(await time.run(5_000, () => !lab.shown.isTrying)).toBe(true)
    host.addPeers(-2)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
  })

  it('is not made for what any device carries, nor while somebody changes things, and makes way for a run', async () => {
    const calm = await classOf(3)
    await calm.time.run(10_000)
    expect([calm.lab.shown.capacity, calm.lab.shown.isTrying]).toEqual([undefined, false])

    const { lab, host, time } = calm
    host.change(quick)
    await time.run(500)
    host.addPeers(1)
    await time.run(500)
    expect(lab.shown.isTrying).toBe(false)
    expect(await time.run(5_000, () => lab.shown.isTrying)).toBe(true)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, lab.shown.capacity, lab.shown.isTrying]).toEqual(['done', undefined, false])
    await time.run(2_000)
    expect(lab.world.tracker.swarmCount).toBe(0)
  })

  it('is not made within a run that ended a check of the connections', async () => {
    const { lab, host, time } = await classOf(2, ['Ada'])
    host.change(quick)
    host.checkConnections()
    await time.run(50)
    expect(lab.shown.reach?.phase).toBe('running')
    const phasesOfTrials: string[] = []
    host.subscribe(() => lab.shown.isTrying && phasesOfTrials.push(lab.shown.phase))
    void host.run({ countdown: true })
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, phasesOfTrials]).toEqual(['done', []])
  })
})
