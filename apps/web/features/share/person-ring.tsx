// One person in the picture of a share: their mark, in a ring that closes as they get it. Decoration next to the words.
import { hasAllItWants, lookOf, OUTLINES, percentOfPerson } from '../ui/people'
import type { SwarmPerson } from './swarm-people'
import styles from './swarm-view.module.css'

export function PersonRing({ person }: { person: SwarmPerson }) {
  const { colour, shape } = lookOf(person.number)
  const ink = colour === 'ink' ? 'currentColor' : colour
  const percent = percentOfPerson(person)
  return (
    <svg aria-hidden="true" className={styles.ring} viewBox="0 0 52 52">
      <circle className={styles.ground} cx="26" cy="26" r="24" />
      <circle className={styles.track} cx="26" cy="26" data-paused={person.paused} r="22" />
      {percent > 0 && (
        <circle
          className={styles.arc}
          cx="26"
          cy="26"
          pathLength="100"
          r="22"
          stroke={ink}
          strokeDasharray={`${percent} 100`}
          transform="rotate(-90 26 26)"
        />
      )}
      <path
        d={OUTLINES[shape]}
        fill={ink}
        stroke="currentColor"
        strokeWidth="0.8"
        transform="translate(15.5 15.5) scale(1.5)"
      />
      {hasAllItWants(person) && (
        <g className={styles.done}>
          <circle cx="42" cy="42" r="9" />
          <path d="m38 42.5 3 3 5-6" />
        </g>
      )}
    </svg>
  )
}
