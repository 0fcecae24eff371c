// How long somebody far away, who opens a link for the first time, waits for the first chunk: the page comes over the
// path as well.
import { median } from '../../tooling/figures'
import { MIB } from '../../tooling/files'
import type { PathShape } from '../../tooling/long-path/long-path'
import { openAsNewcomer, type Waterfall, waterfallOf } from '../first-chunk'
import { shareFile, writeRandomFile } from '../product'
import { FarPeople } from './far-people'
import { described, idlePing, type Line, type PathRow, ROUNDS } from './row'

const SHAPE: PathShape = { oneWayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000, lossPerMillion: 0 }
const WANTED_SECONDS = 1

export const farFirstChunkRow: PathRow = {
  name: 'first-chunk',
  run: () => FarPeople.meet(SHAPE, 2, measured),
}

async function measured(people: FarPeople): Promise<Line> {
  const [sender, receiver] = [await people.chromium(people.first), await people.chromium(people.last)]
  const link = await shareFile(await sender.newPage(), people.url, writeRandomFile(people.folder, 32 * MIB))
  const probe = await people.probe()
  const idle = await idlePing(probe)
  const rounds: Waterfall[] = []
  for (let number = 0; number < ROUNDS; number++) rounds.push(await openAsNewcomer(receiver, link))
  const seconds = rounds.map(({ chunk }) => chunk / 1000)
  console.info(`first-chunk: ${seconds.map((time) => time.toFixed(2)).join(' ')} s; ${waterfallOf(rounds)}`)
  return {
    path: `first-chunk: ${described(SHAPE)}`,
    Swarmdrop: `${median(seconds).toFixed(2)} s`,
    slowest: `${Math.max(...seconds).toFixed(2)} s`,
    wanted: `${WANTED_SECONDS.toFixed(1)} s`,
    'ping idle': `${idle.toFixed(0)} ms`,
  }
}
