// `npm run figure`: draws the known figure of distribution times to docs/, bounds as lines, simulated runs as points.
// Knows nothing of how it is drawn.
import { mkdirSync, writeFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { CHUNK_BYTES } from '@swarmdrop/core'
import { type Experiment, simulate } from '@swarmdrop/core/simulation'
import { figure, sizesUpTo } from '@swarmdrop/core/theory'
import { inProject } from '../tooling/project.mjs'
import { type Point, plot, type Series } from './figure-plot'

const CHUNKS = 400
const FILE_BYTES = CHUNKS * CHUNK_BYTES
/** A peer uploads the file once in an hour, the server ten times; downloads never bind. */
const PEER_RATE = FILE_BYTES / 3_600
const SERVER_RATE = 10 * PEER_RATE
const DOWNLOAD_RATE = 100 * PEER_RATE
const LARGEST = 35
const PNG_WIDTH = 1_600
const SUBTITLE = [
  'F/u = 1 h, the server uploads as fast as ten peers, downloads are no limit',
  `${CHUNKS} chunks; simulated with 50 ms latency, random seed 1`,
]

// Okabe and Ito's colours: told apart by everybody.
/** Numbers of peers that are simulated, in both modes. */
const SIMULATED = [1, 2, 5, 10, 15, 20, 25, 30, 35]
const VERMILLION = '#D55E00'
const BLUE = '#0072B2'
const GREEN = '#009E73'

const peer = { uploadBytesPerSecond: PEER_RATE, downloadBytesPerSecond: DOWNLOAD_RATE }
const theory = figure(
  (n) => ({
    fileBytes: FILE_BYTES,
    serverUploadBytesPerSecond: SERVER_RATE,
    peers: Array.from({ length: n }, () => peer),
  }),
  sizesUpTo(LARGEST),
  CHUNK_BYTES,
)

function bound(which: 'clientServer' | 'chunked' | 'p2p'): Point[] {
  return theory.map((at) => ({ peers: at.n, hours: (at[which] ?? 0) / 3_600 }))
}

function simulated(mode: Experiment['mode'], counts: number[]): Point[] {
  return counts.map((peers) => {
    const { distributionSeconds, ratio } = simulate({
      name: `the known figure, ${mode}, N = ${peers}`,
      seed: 1,
      mode,
      fileBytes: FILE_BYTES,
      server: { uploadBytesPerSecond: SERVER_RATE },
      peers: [{ count: peers, ...peer }],
    }).result
    if (distributionSeconds === null || ratio === null) throw new Error(`${mode}, N = ${peers}: not everybody got it`)
    const hours = distributionSeconds / 3_600
    console.log(`${mode}, N = ${peers}: ${hours.toFixed(4)} h, ${ratio.toFixed(3)} times the bound`)
    return { peers, hours }
  })
}

// The two peer-to-peer bounds lie within a line's width of each other: the broader shows on both sides of the finer.
const series: Series[] = [
  {
    kind: 'bound',
    label: 'client-server bound',
    colour: VERMILLION,
    dash: [7, 4],
    width: 2,
    points: bound('clientServer'),
  },
  {
    kind: 'bound',
    label: 'peer-to-peer bound, whole chunks',
    colour: GREEN,
    dash: [10, 5],
    width: 5,
    points: bound('chunked'),
  },
  { kind: 'bound', label: 'peer-to-peer bound, fluid', colour: BLUE, dash: [4, 3], width: 1.5, points: bound('p2p') },
  {
    kind: 'run',
    label: 'client-server, simulated',
    colour: VERMILLION,
    shape: 'square',
    points: simulated('client-server', SIMULATED),
  },
  {
    kind: 'run',
    label: 'peer-to-peer, simulated',
    colour: BLUE,
    shape: 'circle',
    points: simulated('p2p', SIMULATED),
  },
]
const svg = await plot(series, SUBTITLE)

mkdirSync(inProject('docs'), { recursive: true })
writeFileSync(inProject('docs/figure.svg'), `${svg}\n`)
writeFileSync(
  inProject('docs/figure.png'),
  new Resvg(svg, { fitTo: { mode: 'width', value: PNG_WIDTH } }).render().asPng(),
)
console.log('Drawn: docs/figure.svg, docs/figure.png')
