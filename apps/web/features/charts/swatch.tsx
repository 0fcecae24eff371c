// What stands for a curve or a kind of point in a chart's key. Decoration next to the label, which says the same in
// words.
import type { Mode } from '@swarmdrop/core/simulation'
import { POINT_RADIUS, RISING_WIDTH, STROKES } from './distribution-plot'

type SwatchProps =
  | { kind: 'curve'; of: keyof typeof STROKES }
  | { kind: 'rising'; mode: Mode }
  | { kind: 'point'; mode: Mode; fill: 'hollow' | 'solid' }

const CURVE_COLOURS = {
  clientServer: 'var(--curve-client-server)',
  chunked: 'var(--curve-chunked)',
  p2p: 'var(--curve-p2p)',
} as const

export function Swatch(props: SwatchProps) {
  return (
    <svg aria-hidden="true" height="14" viewBox="0 0 36 14" width="36">
      {props.kind === 'curve' ? (
        <path
          d="M1 7h34"
          stroke={CURVE_COLOURS[props.of]}
          opacity={STROKES[props.of].alpha}
          strokeDasharray={STROKES[props.of].dash.join(' ')}
          strokeWidth={STROKES[props.of].width}
        />
      ) : props.kind === 'rising' ? (
        <path d="M18 14V3" stroke={colourOf(props.mode)} strokeWidth={RISING_WIDTH} />
      ) : (
        <Point {...props} />
      )}
    </svg>
  )
}

const colourOf = (mode: Mode) => (mode === 'p2p' ? CURVE_COLOURS.p2p : CURVE_COLOURS.clientServer)

function Point({ mode, fill }: Extract<SwatchProps, { kind: 'point' }>) {
  const colour = colourOf(mode)
  const look = { fill: fill === 'solid' ? colour : 'none', stroke: colour, strokeWidth: 2 }
  if (mode === 'p2p') return <circle cx="18" cy="7" r={POINT_RADIUS} {...look} />
  return (
    <rect height={2 * POINT_RADIUS} width={2 * POINT_RADIUS} x={18 - POINT_RADIUS} y={7 - POINT_RADIUS} {...look} />
  )
}
