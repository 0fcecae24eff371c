// A list of others with how fast and why. Decides nothing.
import controls from '../ui/controls.module.css'
import { formatRate } from '../ui/format'
import { PersonMark } from '../ui/person-mark'
import styles from './student.module.css'
import type { Reason } from './why'

type ReasonsProps = {
  title: string
  reasons: readonly Reason[]
  empty: string
  /** The number by which somebody is drawn. */
  numberOf: (id: string) => number
}

export function Reasons({ title, reasons, empty, numberOf }: ReasonsProps) {
  return (
    <section className={styles.reasons}>
      <h2>{title}</h2>
      {reasons.length === 0 && <p className={styles.quiet}>{empty}</p>}
      <ul>
        {reasons.map(({ id, name, bytesPerSecond, why }) => (
          <li key={id}>
            <PersonMark number={numberOf(id)} />
            <b>
              <bdi>{name}</bdi>
            </b>
            <span className={`${styles.rate} ${controls.figures}`}>
              {bytesPerSecond > 0 ? formatRate(bytesPerSecond) : '–'}
            </span>
            <span className={styles.why}>{why}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
