// What the lines make of an answer or a delivery, on a line that the test holds in its hand.
import { describe, expect, it } from 'vitest'
import type { Line, LineHandlers } from '../ports'
import { VirtualTime } from '../testing/virtual-time'
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

function join() {
  const line = new HeldLine()
  const heard: string[] = []
  const swarm = new SwarmLine(new TrackerLine(line, new VirtualTime()), swarmId, {
    joined: () => heard.push('joined'),
    signal: ({ sealed }) => heard.push(sealed),
    stateChanged: (state) => heard.push(state),
  })
  swarm.start()
  return { line, heard, swarm }
}

describe('a swarm’s line', () => {
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
