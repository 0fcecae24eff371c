// Who has opened the link, live: the sender in the middle, people round it, a ring for how far each is. One line above
// says how it goes, one below where the bytes come from. In text for everybody; the drawing is decoration behind it.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { calledPerson, hasAllItWants } from '../ui/people'
import { servingWords } from '../ui/people-words'
import { wayName } from '../ui/way-words'
import { PersonRing } from './person-ring'
import { bytesFromOthers, isUnderWay, type SwarmPerson, shortWords, sourceWords, withThoseGone } from './swarm-people'
import { ACROSS, crowdOf, DOWN, MIDDLE, type Point, pointsOf } from './swarm-points'
import styles from './swarm-view.module.css'

const WIDEST_LINE = 6
/** The ring between people rests this long after the last byte from each other. */
const EXCHANGE_MS = 3_000

type SwarmViewProps = {
  snapshot: TransferSnapshot
  /** How the transfer goes, in one sentence. */
  line: ReactNode
  /** What is said instead of where the bytes come from; undefined: nothing else. */
  below: ReactNode
}

export function SwarmView({ snapshot, line, below }: SwarmViewProps) {
  const people = usePeople(snapshot)
  const fromOthers = bytesFromOthers(people, snapshot)
  const isExchanging = useGrowing(fromOthers)
  const points = pointsOf(people.length)
  const fastest = Math.max(1, ...people.map(({ uploadRate }) => uploadRate))
  return (
    <section aria-label="Who has opened the link" className={styles.swarm} data-testid="swarm">
      <p className={`${styles.line} ${controls.figures}`}>{line}</p>
      <div className={styles.picture} data-crowd={crowdOf(people.length)}>
        <svg aria-hidden="true" className={styles.lines} preserveAspectRatio="none" viewBox="0 0 100 100">
          {people.length > 1 && (
            <ellipse
              className={styles.between}
              cx="50"
              cy={MIDDLE}
              data-moving={isExchanging && !people.every(hasAllItWants)}
              rx={ACROSS}
              ry={DOWN}
            />
          )}
          {people.map((person, i) => (
            <Flow fastest={fastest} key={person.id} person={person} point={points[i] as Point} />
          ))}
        </svg>
        <span aria-hidden="true" className={styles.you} style={{ top: `${MIDDLE}%` }}>
          You
        </span>
        <ul>
          {people.map((person, i) => (
            <Person key={person.id} person={person} point={points[i] as Point} />
          ))}
        </ul>
      </div>
      {below ?? (
        <p className={`${styles.sources} ${controls.figures}`}>{sourceWords(snapshot.uploadedBytes, fromOthers)}</p>
      )}
    </section>
  )
}

function Flow({ person, point, fastest }: { person: SwarmPerson; point: Point; fastest: number }) {
  const share = person.uploadRate / fastest
  return (
    <line
      className={styles.flow}
      data-moving={person.uploadRate > 0}
      strokeWidth={person.uploadRate > 0 ? 2 + (WIDEST_LINE - 2) * share : 1}
      x1="50"
      x2={point.x}
      y1={MIDDLE}
      y2={point.y}
    />
  )
}

function Person({ person, point }: { person: SwarmPerson; point: Point }) {
  const way = person.way === 'direct' ? '' : `. ${wayName(person.way)}`
  return (
    <li
      className={styles.person}
      data-above={point.y < MIDDLE - 5}
      data-gone={person.hasGone}
      data-underway={isUnderWay(person)}
      style={{ left: `${point.x}%`, top: `${point.y}%` }}
      title={person.hasGone ? undefined : `${calledPerson(person)}: ${servingWords(person)}${way}`}
    >
      <PersonRing person={person} />
      <bdi className={styles.name}>{calledPerson(person)}</bdi>
      <span className={`${styles.state} ${controls.figures}`}>{shortWords(person)}</span>
    </li>
  )
}

/** The people who are here, and those who have gone with all of it. */
function usePeople({ neighbours }: TransferSnapshot): SwarmPerson[] {
  const [people, setPeople] = useState<SwarmPerson[]>(neighbours)
  useEffect(() => setPeople((before) => withThoseGone(before, neighbours)), [neighbours])
  return people
}

/** Whether a number has grown lately. */
function useGrowing(value: number): boolean {
  const last = useRef(value)
  const [isGrowing, setGrowing] = useState(false)
  useEffect(() => {
    const grew = value > last.current
    last.current = value
    if (grew) setGrowing(true)
  }, [value])
  // Each growth puts off the rest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins again with each value
  useEffect(() => {
    if (!isGrowing) return
    const timer = setTimeout(() => setGrowing(false), EXCHANGE_MS)
    return () => clearTimeout(timer)
  }, [isGrowing, value])
  return isGrowing
}
