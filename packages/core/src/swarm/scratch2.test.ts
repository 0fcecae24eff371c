import { it } from 'vitest'
import { LongPath } from '../testing/path-swarm'
it.each([5, 7])('one', (seed) => {
  const p = new LongPath({ delayMs: 50, bytesPerSecond: 2_500_000, queueBytes: 250_000, lossShare: 0.005 }, 24 * 1_048_576, ['receiver'], { mostLanes: 4 }, seed)
  const lane = (p.get('receiver').swarm as any)
  let last = 0
  const look = () => { const got = p.received('receiver'); const n = [...lane.state.neighbours.values()][0]; console.log(p.now, `${((got - last) / 500).toFixed(0)} kB/s`, n.lanes.map((l: any) => `R${l.path.roundTripMs.toFixed(0)} r${l.path.bytesPerMs.toFixed(0)} best${l.path.best.toFixed(0)} o${l.openBytes}${l.path.isFresh ? 'f' : ''}${l.path.look ? 'L' : ''}`).join(' ')); last = got; p.at(p.now + 500, look) }
  p.at(500, look)
  p.finish(16000)
})
