// Everyone this tab is connected to, in words: what they have, give and get. Rows stack on a phone.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
import { formatPercent, formatRate } from '../ui/format'
import { calledPerson, percentOfPerson, wantsPart } from '../ui/people'
import { fromThem, toThem } from '../ui/people-words'
import { PersonMark } from '../ui/person-mark'
import { wayName } from '../ui/way-words'
import styles from './people-table.module.css'

export function PeopleTable({ snapshot: { neighbours, chunkCount, phase } }: { snapshot: TransferSnapshot }) {
  return (
    <section aria-labelledby="people" className={styles.people}>
      <h2 id="people">People</h2>
      {neighbours.length === 0 ? (
        <p className={styles.nobody}>Nobody is connected to you right now.</p>
      ) : (
        <table className={`${styles.table} ${controls.figures}`}>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Has</th>
              <th scope="col">From them to you</th>
              <th scope="col">From you to them</th>
            </tr>
          </thead>
          <tbody>
            {neighbours.map((person) => (
              <PersonRow chunkCount={chunkCount} key={person.id} person={person} phase={phase} />
            ))}
          </tbody>
        </table>
      )}
      <details className={styles.words}>
        <summary>What the words mean</summary>
        <p>
          Everyone serves a few people at a time, first those who give most. The others wait: they are{' '}
          <strong>choked</strong>. One more is chosen at random, so that newcomers get a start: that turn is{' '}
          <strong>optimistic</strong>.
        </p>
      </details>
    </section>
  )
}

type PersonRowProps = { person: NeighbourSnapshot } & Pick<TransferSnapshot, 'chunkCount' | 'phase'>

function PersonRow({ person, chunkCount, phase }: PersonRowProps) {
  return (
    <tr>
      <th scope="row">
        <span className={styles.who}>
          <PersonMark number={person.number} />
          <bdi>{calledPerson(person)}</bdi>
        </span>
        <span className={styles.way}>{wayName(person.way)}</span>
      </th>
      <td data-label="Has">
        <span>{formatPercent(percentOfPerson(person))}</span>
        {wantsPart(person, chunkCount) && <span className={styles.way}> of a part</span>}
      </td>
      <Flow label="From them" rate={person.downloadRate} words={fromThem(person, phase)} />
      <Flow label="From you" rate={person.uploadRate} words={toThem(person)} />
    </tr>
  )
}

function Flow({ label, words, rate }: { label: string; words: string; rate: number }) {
  return (
    <td data-label={label}>
      <span className={styles.flow}>
        <span>{words}</span>
        <span className={rate > 0 ? styles.rate : styles.still}>{rate > 0 ? formatRate(rate) : '–'}</span>
      </span>
    </td>
  )
}
