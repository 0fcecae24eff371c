import { it } from 'vitest'
import { steadyTraffic, greedyTraffic } from '../testing/cross-traffic'
import { LongPath, type Path } from '../testing/path-swarm'
const MIB = 1_048_576
const near: Path = { delayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000 }
const far: Path = { ...near, delayMs: 50 }
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const policy = { mostLanes: 4 }
const opens = (p: LongPath) => p.lanes.filter((l) => l.open).length
const report = (name: string, rows: string[]) => console.log(`${name.padEnd(28)} ${rows.join('  ')}`)
it('loss', () => {
  for (const measures of [process.env['FRESH'] !== 'off']) {
    console.log('measures', measures)
    for (const [name, path, mib] of [
      ['20ms 0.1%', { ...near, lossShare: 0.001 }, 16],
      ['50ms 0.1%', { ...far, lossShare: 0.001 }, 16],
      ['50ms 0.5%', { ...far, lossShare: 0.005 }, 6],
      ['50ms 0.5% long', { ...far, lossShare: 0.005 }, 24],
      ['20ms 0.5%', { ...near, lossShare: 0.005 }, 8],
      ['100ms 0.2%', { ...near, delayMs: 100, lossShare: 0.002 }, 8],
    ] as [string, Path, number][]) {
      const shares: number[] = []
      report(name, seeds.map((seed) => {
        const p = new LongPath(path, mib * MIB, ['receiver'], policy, seed)
        const f = p.finish()
        shares.push(mib * 1.048576 / f.seconds)
        return `${(mib * 1.048576 / f.seconds).toFixed(2)}@${p.lanes[0] ? (p.lanes[0].at / 1000).toFixed(1) : '-'}${p.lanes.some((l) => !l.open) ? 'x' : ''}`
      }))
      console.log('   median MB/s', shares.sort((a, b) => a - b)[4]?.toFixed(2))
    }
  }
}, 300_000)
it('no loss', () => {
  for (const [name, path] of [['20', near], ['50', far], ['100', { ...near, delayMs: 100 }], ['100s', { delayMs: 100, bytesPerSecond: 1_250_000, queueBytes: 125_000 }],
    ['20 small queue', { ...near, queueBytes: 60_000 }]] as [string, Path][]) {
    report(name, seeds.slice(0, 4).map((seed) => {
      const p = new LongPath(path, 200 * MIB, ['receiver'], policy, seed)
      p.run(15_000)
      return `${opens(p)} ${p.shareBetween(2000, 15000).toFixed(2)}`
    }))
    report(`${name} 1:4`, seeds.slice(0, 4).map((seed) => {
      const p = new LongPath(path, 200 * MIB, ['a', 'b', 'c', 'd'], policy, seed)
      p.run(15_000)
      return `${opens(p)} ${p.shareBetween(2000, 15000).toFixed(2)} drop${p.fare.dropped}`
    }))
    report(`${name} two`, [500, 1000, 2700, 3300, 4000].map((at) => {
      const p = new LongPath(path, 200 * MIB, ['first'], policy, 1)
      p.add('other sender', { seed: true, policy })
      p.add('second', { policy })
      p.at(at, () => p.connect('other sender', 'second', p.routes))
      p.run(at + 30_000)
      return `${opens(p)} ${(p.received('second', at + 10000, at + 30000) / p.receivedByAll(at + 10000, at + 30000)).toFixed(2)}`
    }))
    report(`${name} greedy`, seeds.slice(0, 4).map((seed) => {
      const p = new LongPath(path, 200 * MIB, ['receiver'], policy, seed)
      const o = greedyTraffic(p, [p.there], [p.back])
      p.run(10000); const before = o(); p.run(40000)
      const ours = p.received('receiver', 10000)
      return `${opens(p)} ${(ours / (ours + o() - before)).toFixed(2)}`
    }))
  }
  const p = new LongPath(near, 200 * MIB, ['receiver'], policy)
  steadyTraffic(p, p.there, 1_000_000)
  p.run(15_000)
  console.log('steady', opens(p))
}, 300_000)
