// How the distribution chart is drawn: theory as dashed lines, simulation as hollow points, measurement as solid ones;
// squares are client-server, circles peer-to-peer. Knows nothing of React.
import type uPlot from 'uplot'
import type { ChartLook } from './chart-look'
import { type DistributionData, type RunPoint, rowsOf } from './distribution-data'
import { formatDigits } from './time-unit'
import type { PlotOptions } from './use-plot'

// The two peer-to-peer bounds often lie within a line's width of each other: the broader shows on both sides of the
// finer.
export const STROKES = {
  clientServer: { dash: [7, 4], width: 2, alpha: 1 },
  chunked: { dash: [10, 5], width: 6, alpha: 0.5 },
  p2p: { dash: [4, 3], width: 2, alpha: 1 },
} as const

export const POINT_RADIUS = 5
const POINT_LINE = 2
export const RISING_WIDTH = 3

/** How much larger lines and points are: on a wall they grow with the type. */
const scaleOf = ({ fontPixels }: ChartLook): number => Math.max(1, fontPixels / PAGE_FONT_PIXELS)
const PAGE_FONT_PIXELS = 14

export function dataOf(data: DistributionData): uPlot.AlignedData {
  const rows = rowsOf(data)
  const time = (seconds: number | undefined) =>
    seconds === undefined || !Number.isFinite(seconds) ? null : seconds / data.unit.seconds
  return [
    rows.map(({ n }) => n),
    rows.map(({ clientServer }) => time(clientServer)),
    rows.map(({ chunked }) => time(chunked)),
    rows.map(({ p2p }) => time(p2p)),
  ]
}

/** `now` gives what is to be drawn at this moment; `onPoint` hears which row of the data the pointer is at. */
export function distributionOptions(
  look: ChartLook,
  now: () => DistributionData,
  onPoint: (row: number | undefined) => void,
): PlotOptions {
  const axis = { stroke: look.quiet, font: look.font, labelFont: look.font, labelSize: look.fontPixels * 1.6 }
  const curve = (of: keyof typeof STROKES): uPlot.Series => ({
    stroke: look[of],
    width: STROKES[of].width * scaleOf(look),
    dash: STROKES[of].dash.map((length) => length * scaleOf(look)),
    alpha: STROKES[of].alpha,
    points: { show: false },
    spanGaps: true,
  })
  return {
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
    scales: {
      x: { time: false, range: () => [0, now().largestN + Math.max(0.5, now().largestN / 35)] },
      // A little room above, so that no point is cut off.
      y: { range: () => [0, Math.max(1e-9, now().longestSeconds / now().unit.seconds) * 1.06] },
    },
    axes: [
      {
        ...axis,
        label: () => now().words.across,
        grid: { show: false },
        ticks: { stroke: look.line, width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000],
        values: (_plot, splits) => splits.map((n) => (n === 0 ? '' : formatDigits(n))),
        size: look.fontPixels * 2.2,
      },
      {
        ...axis,
        label: () => now().unit.long,
        grid: { stroke: look.line, width: 1 },
        ticks: { show: false },
        values: (_plot, splits) => splits.map(formatDigits),
        size: (plot, values) => widthOf(plot, values ?? [], look) + 12,
      },
    ],
    series: [{}, curve('clientServer'), curve('chunked'), curve('p2p')],
    hooks: {
      drawAxes: [(plot) => drawMarkedN(plot, look, now().markedN)],
      draw: [
        (plot) => {
          const { simulated, measured, running, unit } = now()
          for (const point of running) drawRising(plot, look, point, unit.seconds)
          for (const point of simulated) drawPoint(plot, look, point, unit.seconds, 'hollow')
          for (const point of measured) drawPoint(plot, look, point, unit.seconds, 'solid')
        },
      ],
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
    },
  }
}

function widthOf({ ctx }: uPlot, texts: string[], { font, fontPixels }: ChartLook): number {
  ctx.save()
  ctx.font = font
  const widest = Math.max(0, ...texts.map((text) => ctx.measureText(text).width))
  ctx.restore()
  return Math.max(widest, fontPixels * 1.5)
}

function drawMarkedN(plot: uPlot, look: ChartLook, n: number | undefined): void {
  if (n === undefined) return
  const { ctx, bbox } = plot
  const x = Math.round(plot.valToPos(n, 'x', true))
  ctx.save()
  ctx.setLineDash([])
  ctx.strokeStyle = look.quiet
  ctx.lineWidth = devicePixelRatio
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}

/** A clock that runs is no measurement: a thin line that rises. */
function drawRising(plot: uPlot, look: ChartLook, { n, seconds, mode }: RunPoint, unitSeconds: number): void {
  const { ctx } = plot
  const x = plot.valToPos(n, 'x', true)
  ctx.save()
  ctx.setLineDash([])
  ctx.strokeStyle = mode === 'p2p' ? look.p2p : look.clientServer
  ctx.lineWidth = RISING_WIDTH * scaleOf(look) * devicePixelRatio
  ctx.beginPath()
  ctx.moveTo(x, plot.valToPos(0, 'y', true))
  ctx.lineTo(x, plot.valToPos(seconds / unitSeconds, 'y', true))
  ctx.stroke()
  ctx.restore()
}

function drawPoint(
  plot: uPlot,
  look: ChartLook,
  { n, seconds, mode, interval, isDoubtful }: RunPoint,
  unitSeconds: number,
  fill: 'hollow' | 'solid',
): void {
  if (!Number.isFinite(seconds)) return
  const { ctx } = plot
  const x = plot.valToPos(n, 'x', true)
  const y = plot.valToPos(seconds / unitSeconds, 'y', true)
  const scale = scaleOf(look) * devicePixelRatio
  const r = POINT_RADIUS * scale
  ctx.save()
  ctx.setLineDash([])
  ctx.lineWidth = POINT_LINE * scale
  ctx.strokeStyle = isDoubtful ? look.quiet : mode === 'p2p' ? look.p2p : look.clientServer
  if (interval) {
    const [low, high] = [interval.low, interval.high].map((end) =>
      plot.valToPos(Math.max(0, end) / unitSeconds, 'y', true),
    )
    drawWhisker(ctx, x, low ?? y, high ?? y, (POINT_RADIUS + 3) * scale)
  }
  ctx.beginPath()
  if (mode === 'p2p') ctx.arc(x, y, r, 0, 2 * Math.PI)
  else ctx.rect(x - r, y - r, 2 * r, 2 * r)
  ctx.fillStyle = fill === 'solid' ? ctx.strokeStyle : look.ground
  ctx.fill()
  ctx.stroke()
  ctx.restore()
}

/** Draws a whisker as wide as the point: one that is shorter than the point itself is seen by its ends all the same. */
function drawWhisker(ctx: CanvasRenderingContext2D, x: number, low: number, high: number, half: number): void {
  ctx.beginPath()
  for (const end of [low, high]) {
    ctx.moveTo(x - half, end)
    ctx.lineTo(x + half, end)
  }
  ctx.moveTo(x, low)
  ctx.lineTo(x, high)
  ctx.stroke()
}
