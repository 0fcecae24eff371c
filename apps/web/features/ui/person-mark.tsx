// A person's mark: their colour in their shape. Decoration beside the name, which says the same in words.
import { lookOf, type Shape } from './people'

const OUTLINES: Record<Shape, string> = {
  circle: 'M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  square: 'M2 2h10v10H2z',
  triangle: 'M7 1.5 13 12.5H1z',
  diamond: 'M7 .8 13.2 7 7 13.2 .8 7z',
  cross: 'M5 1.5h4V5h3.5v4H9v3.5H5V9H1.5V5H5z',
}

export function PersonMark({ number }: { number: number }) {
  const { colour, shape } = lookOf(number)
  return (
    <svg aria-hidden="true" height="14" viewBox="0 0 14 14" width="14">
      <path
        d={OUTLINES[shape]}
        fill={colour === 'ink' ? 'currentColor' : colour}
        stroke="currentColor"
        strokeLinejoin="round"
        strokeWidth="1"
      />
    </svg>
  )
}
