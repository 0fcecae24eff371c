// A person's mark: their colour in their shape. Decoration next to the name, which says the same in words.
import { lookOf, OUTLINES } from './people'

/** `size` in pixels, or in any unit. */
export function PersonMark({ number, size = 14 }: { number: number; size?: number | string }) {
  const { colour, shape } = lookOf(number)
  return (
    <svg aria-hidden="true" height={size} viewBox="0 0 14 14" width={size}>
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
