// Anyone who has the password comes in, whatever is lost, ends or begins again at whichever moment: drawn, in virtual
// time.
import { seededRandom } from '@swarmdrop/core/simulation'
import { beforeAll, describe, expect, it } from 'vitest'
import { phaseOf, receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'
import { PasswordGate } from './password-gate'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 2 })
})

const right = Uint8Array.from({ length: 32 }, (_, at) => at)
const gate = ({ ports }: VirtualDevice) => new PasswordGate(ports, right)

const SEEDS = Array.from({ length: Number(process.env.UNLUCKY_SEEDS ?? 6) }, (_, at) => at + 1)

describe('[PASS-2] who has the password', () => {
  it.each(SEEDS)('is let in within a minute of calm, whatever went before (seed %i)', async (seed) => {
    const draw = seededRandom(seed)
    const world = new VirtualWorld(seed)
    const { time, tracker } = world
    let lossy = true
    tracker.relay = (signal) => (lossy && draw() < 0.25 ? [] : [signal])
    const devices = ['home', 'a', 'b'].map((name) => world.device(name))
    const [home, a, b] = devices as [VirtualDevice, VirtualDevice, VirtualDevice]
    const sender = sendFrom(home, share, undefined, gate(home))
    const receivers = [await receiveAt(a, share, gate(a)), await receiveAt(b, share, gate(b))]
    const transfers = [sender, ...receivers]
    for (let i = 0; i < 12; i++) {
      await time.run(Math.floor(draw() * 400))
      const at = Math.floor(draw() * devices.length)
      const [device, transfer] = [devices[at], transfers[at]]
      if (!device || !transfer) continue
      const event = Math.floor(draw() * 6)
      if (event === 0) tracker.restart(Math.floor(draw() * 500))
      if (event === 1) device.goOffline()
      if (event === 2) device.goOnline()
      if (event === 3) transfer.leave()
      if (event === 4) transfer.comeBack()
      if (event === 5) transfer.setGate(gate(device))
    }
    lossy = false
    for (const device of devices) device.goOnline()
    for (const transfer of transfers) transfer.comeBack()
    const areIn = () => receivers.every((one) => phaseOf(one) === 'ready' && one.inspect().neighbours.length > 0)
    expect(await time.run(60_000, areIn), `after ${Math.round(time.now())} ms`).toBe(true)
    for (const transfer of transfers) transfer.close()
  })
})
