// What the lines make of an answer or a delivery, on a line that the test holds in its hand.
import { describe, expect, it } from 'vitest'
import type { Line, LineHandlers } from '../ports'
import { VirtualTime } from '../testing/virtual-time'
import { RoomLine } from './room-line'
import { SwarmLine } from './swarm-line'
import { TrackerLine } from './tracker-line'

class HeldLine implements Line {
  isUp = false
  handlers: LineHandlers | undefined
  readonly answers: ((answer: unknown) => void)[] = []

  open(handlers: LineHandlers): void {
    this.handlers = handlers
    this.isUp = true
    handlers.up()
  }

  ask(): Promise<unknown> {
    return new Promise((answer) => this.answers.push(answer))
  }

  tell(): void {}
  renew(): void {}
  close(): void {}
}

const swarmId = 'S'.repeat(22)
const from = 'P'.repeat(22)

describe('a room’s line', () => {
  const DELAYS = [400, 20, 300, 90, 500]

  /** The tracker's clock is an hour ahead; each answer takes its time on the way back. */
  function room(delays: (number | undefined)[]) {
    const time = new VirtualTime()
    const line = new HeldLine()
    let asked = 0
    line.ask = () => {
      const delay = delays[asked++]
      return new Promise((answer) => {
        if (delay !== undefined) {
          const nowMs = time.now() + 3_600_000
          time.after(delay, () => answer({ nowMs }))
        }
      })
    }
    const tracker = new TrackerLine(line, time)
    tracker.start({ up: () => {}, lost: () => {}, heard: () => {} })
    return { time, room: new RoomLine(tracker, time), asked: () => asked }
  }

  it('takes the time from the quickest of five answers', async () => {
    const { time, room: line } = room(DELAYS)
    void line.alignClock()
    await time.run(5_000)
    // Half of the quickest round trip is all that it can be wrong by.
    expect(Math.abs(line.toRoomMs(0) - 3_600_000)).toBeLessThanOrEqual(10)
  })

  it('asks no more once one answer has not come', async () => {
    const { time, room: line, asked } = room([undefined, 20, 20, 20, 20])
    let done = false
    void line.alignClock().then(() => {
      done = true
    })
    await time.run(11_000)
    expect([done, asked()]).toEqual([true, 1])
  })
})

function join(line = new HeldLine()) {
  const heard: string[] = []
  const time = new VirtualTime()
  const ports = { time, random: { uniform: () => 0.5 } }
  const swarm = new SwarmLine(new TrackerLine(line, time), ports, swarmId, {
    joined: () => heard.push('joined'),
    signal: ({ sealed }) => heard.push(sealed),
    heard: () => {},
    lost: () => {},
    stateChanged: (state) => heard.push(state),
  })
  swarm.start()
  return { line, heard, swarm, time }
}

describe('a swarm’s line', () => {
  it('says within five seconds that nobody answers, be it that the line hangs or the tracker', async () => {
    const hanging = new HeldLine()
    hanging.open = () => {}
    for (const line of [hanging, new HeldLine()]) {
      const { heard, time } = join(line)
      await time.run(5_000)
      expect(heard).toEqual(['offline'])
    }
    const { heard, time, swarm } = join(hanging)
    swarm.close()
    await time.run(5_000)
    expect(heard).toEqual([])
  })

  it('takes no answer that came as it was closed', async () => {
    const reply = { id: from, peers: [], size: 1, iceServers: [] }
    const open = join()
    open.line.answers[0]?.(reply)
    await new Promise(setImmediate)
    expect(open.heard).toEqual(['online', 'joined'])
    const closed = join()
    closed.line.answers[0]?.(reply)
    closed.swarm.close()
    await new Promise(setImmediate)
    expect(closed.heard).toEqual([])
  })

  it('that was refused for its network’s sake asks again on the same line, until it is let in', async () => {
    const { line, heard, swarm, time } = join()
    let renewed = 0
    line.renew = () => renewed++
    line.answers[0]?.({ refused: 'rate-limited' })
    await time.run(1_900)
    expect([heard, line.answers.length]).toEqual([['offline'], 1])
    await time.run(200)
    expect(line.answers).toHaveLength(2)
    line.answers[1]?.({ id: from, peers: [], size: 1, iceServers: [] })
    await time.run(60_000)
    expect([heard, renewed, line.answers.length]).toEqual([['offline', 'online', 'joined'], 0, 2])
    line.handlers?.up()
    line.answers[2]?.({ refused: 'rate-limited' })
    await time.run(100)
    swarm.close()
    const { rung } = time
    await time.run(60_000)
    expect([line.answers.length, time.rung]).toEqual([3, rung])
  })

  it('that was refused for another reason, or not understood, tries a new line', async () => {
    for (const answer of [{ refused: 'too-many-swarms' }, 'nonsense', undefined]) {
      const { line, time } = join()
      let renewed = 0
      line.renew = () => renewed++
      line.answers[0]?.(answer)
      await time.run(60_000)
      expect([renewed, line.answers.length]).toEqual([1, 1])
    }
  })

  it('hears nothing once it is closed, whatever the line under it still says', () => {
    const { line, heard, swarm } = join()
    swarm.close()
    line.handlers?.heard('signal', { swarmId, from, sealed: 'late' })
    line.handlers?.lost()
    line.handlers?.up()
    expect(heard).toEqual([])
  })

  it('takes signals of its own swarm, and nothing that is none', () => {
    const { line, heard } = join()
    line.handlers?.heard('signal', { swarmId: 'T'.repeat(22), from, sealed: 'of-another-swarm' })
    line.handlers?.heard('signal', { swarmId, from, sealed: '' })
    line.handlers?.heard('signal', 'nonsense')
    line.handlers?.heard('lab', { swarmId, from, sealed: 'of-a-room' })
    line.handlers?.heard('signal', { swarmId, from, sealed: 'ours' })
    expect(heard).toEqual(['ours'])
  })
})
