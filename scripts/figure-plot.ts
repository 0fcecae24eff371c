// The known figure as a picture: series in, SVG out. Knows nothing of how their points come about.
import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

export type Point = { peers: number; hours: number }
/** Bounds are drawn as lines, runs as hollow points. */
export type Series = { label: string; points: Point[] } & (
  | { kind: 'bound'; colour: string; dash: number[]; width: number }
  | { kind: 'run'; colour: string; shape: 'square' | 'circle' }
)

/** Where the key is: one row a series, in the corner that the curves leave empty. */
const KEY = { from: 0.8, to: 2.6, text: 3.1, top: 3.35, row: 0.19 }

function mark(series: Series) {
  if (series.kind === 'bound')
    return { type: 'line', stroke: series.colour, strokeDash: series.dash, strokeWidth: series.width } as const
  const { colour, shape } = series
  return { type: 'point', shape, stroke: colour, filled: false, size: 80, strokeWidth: 2, opacity: 1 } as const
}

/** A sample of the series' mark next to its label. */
function keyRow(series: Series, i: number) {
  const hours = KEY.top - i * KEY.row
  const ends = series.kind === 'bound' ? [KEY.from, KEY.to] : [(KEY.from + KEY.to) / 2]
  return [
    { data: { values: ends.map((peers) => ({ peers, hours })) }, mark: mark(series) },
    {
      data: { values: [{ peers: KEY.text, hours }] },
      mark: { type: 'text', text: series.label, align: 'left', baseline: 'middle', fontSize: 13 } as const,
    },
  ]
}

function specification(all: Series[], subtitle: string[]): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 16,
    width: 760,
    height: 440,
    title: {
      text: 'How long until the last of N peers has the file',
      subtitle,
      anchor: 'start',
      fontSize: 17,
      subtitleFontSize: 13,
      offset: 14,
    },
    config: {
      font: 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif',
      axis: { labelFontSize: 13, titleFontSize: 14, titlePadding: 10, titleFontWeight: 'normal' },
      view: { stroke: null },
    },
    encoding: {
      x: {
        field: 'peers',
        type: 'quantitative',
        title: 'number of peers, N',
        scale: { domain: [0, 36], nice: false },
        axis: { values: [1, 5, 10, 15, 20, 25, 30, 35], grid: false },
      },
      y: {
        field: 'hours',
        type: 'quantitative',
        title: 'distribution time, hours',
        scale: { domain: [0, 3.5] },
        axis: { format: '.1f', gridColor: '#e6e6e6' },
      },
    },
    layer: [
      ...all.map((series) => ({ data: { values: series.points }, mark: mark(series) })),
      // Grid lines do not run through the key.
      {
        data: {
          values: [{ peers: 0.3, hours: KEY.top + 0.12, right: 14, bottom: KEY.top - all.length * KEY.row + 0.08 }],
        },
        mark: { type: 'rect', fill: 'white', opacity: 1 },
        encoding: { x2: { field: 'right' }, y2: { field: 'bottom' } },
      },
      ...all.flatMap(keyRow),
    ],
  }
}

export function plot(all: Series[], subtitle: string[]): Promise<string> {
  return new View(parse(compile(specification(all, subtitle)).spec), { renderer: 'none' }).toSVG()
}
