// A person's mark: their colour in their shape. Decoration beside the name, which says the same in words.
import { lookOf, OUTLINES } from './people'

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
