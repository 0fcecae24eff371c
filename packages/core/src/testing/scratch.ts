import { greedyTraffic, steadyTraffic } from './cross-traffic'
import { LongPath, type Path } from './path-swarm'

const MB = 1 << 20
const near: Path = { delayMs: 20, bytesPerSecond: 2.5e6, queueBytes: 250e3 }
const far: Path = { ...near, delayMs: 50 }
const slow: Path = { delayMs: 20, bytesPerSecond: 3e4, queueBytes: 15e3 }
const show = (name: string, s: LongPath, t0: number, extra = '') => {
  const f = s.fare
  const per: string[] = []
  for (let i = 0; i < Math.min(16, f.seconds); i++)
    per.push((s.receivedByAll(i * 1000, i * 1000 + 1000) / 1e6).toFixed(s.there.bytesPerSecond < 5e5 ? 2 : 1))
  console.log(
    name.padEnd(16),
    f.seconds.toFixed(1).padStart(6),
    's share',
    f.share.toFixed(3),
    'drops',
    f.dropped,
    'wait mean',
    f.meanWaitMs.toFixed(0),
    'max',
    f.longestWaitMs.toFixed(0),
    '|',
    per.join(' '),
    '|',
    extra,
    'real',
    (performance.now() - t0).toFixed(0),
  )
}
const simple = (name: string, path: Path, bytes: number, receivers?: string[]) => {
  const t0 = performance.now()
  const s = new LongPath(path, bytes, receivers)
  s.finish()
  show(name, s, t0)
}
simple('20 ms 2.5', near, 12 * MB)
simple('50 ms 2.5', far, 12 * MB)
simple('100 ms 1.25', { delayMs: 100, bytesPerSecond: 1.25e6, queueBytes: 125e3 }, 12 * MB)
simple('20 ms 12.5', { delayMs: 20, bytesPerSecond: 12.5e6, queueBytes: 500e3 }, 48 * MB)
simple('20 ms 100k', { delayMs: 20, bytesPerSecond: 1e5, queueBytes: 30e3 }, 2 * MB)
simple('20 ms 2.5 .1%', { ...near, lossShare: 0.001 }, 12 * MB)
simple('50 ms 2.5 .5%', { ...far, lossShare: 0.005 }, 8 * MB)
simple('asym 20 ms', { ...near, back: { bytesPerSecond: 125e3, queueBytes: 12_500 } }, 12 * MB)
simple('slow 30k', slow, 1 * MB)
simple('lan', { delayMs: 0.2, bytesPerSecond: 1e8, queueBytes: 1e6 }, 48 * MB)
simple('1:4 uplink 50', far, 12 * MB, ['a', 'b', 'c', 'd'])
{
  // cross traffic: steady 40 %
  const t0 = performance.now()
  const s = new LongPath(far, 12 * MB)
  steadyTraffic(s, s.there, 1e6)
  s.finish()
  show('steady 40 % 50ms', s, t0)
}
{
  const t0 = performance.now()
  const s = new LongPath(near, 12 * MB)
  const got = greedyTraffic(s, [s.there], [s.back])
  s.finish()
  show('greedy 20 ms', s, t0, `greedy ${(got() / s.now / 1000).toFixed(2)} MB/s`)
}
{
  const t0 = performance.now()
  const s = new LongPath(near, 48 * MB)
  s.at(5000, () => s.there.setRate(1.25e6, s.now))
  s.at(12000, () => s.there.setRate(5e6, s.now))
  s.run(20_000)
  show('rate 2.5>1.25>5', s, t0, 'drops')
}
{
  const t0 = performance.now()
  const s = new LongPath(near, 48 * MB)
  s.at(5000, () => {
    s.there.delayMs = 100
    s.back.delayMs = 100
  })
  s.run(16_000)
  show('delay 20>100', s, t0)
}
{
  const t0 = performance.now()
  const s = new LongPath({ ...near, delayMs: 100 }, 48 * MB)
  s.at(8000, () => {
    s.there.delayMs = 20
    s.back.delayMs = 20
  })
  s.run(16_000)
  show('delay 100>20', s, t0)
}
for (const path of [near, far]) {
  // two transfers, the second 3 s later
  const t0 = performance.now()
  const s = new LongPath(path, 48 * MB, ['a'])
  s.add('other sender', { seed: true })
  s.add('b')
  s.at(3000, () => s.connect('other sender', 'b', s.routes))
  s.run(20_000)
  const per = (id: string) =>
    Array.from({ length: 20 }, (_, i) => (s.received(id, i * 1000, i * 1000 + 1000) / 1e6).toFixed(1)).join(' ')
  const [a, b] = [s.received('a', 5000), s.received('b', 5000)]
  show(
    `two, ${path.delayMs} ms`,
    s,
    t0,
    `\n   b has ${(b / (a + b)).toFixed(2)} from 5 s; a: ${per('a')} b: ${per('b')}`,
  )
}
{
  // words on a slow link: late by?
  const s = new LongPath(slow, 1 * MB, ['a', 'b'])
  s.finish()
  const late = s.words.filter((w) => w.from === 'sender').map((w) => w.at - w.sentAt)
  show(
    'slow, 2 receivers',
    s,
    performance.now(),
    `sender's words late: max ${Math.max(...late).toFixed(0)} of ${late.length}`,
  )
}
