// Who is fetching what we share: how far, how fast, from whom. One row each.
import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { Bar } from '../ui/bar'
import controls from '../ui/controls.module.css'
import { formatBytes, formatPercent, formatRate } from '../ui/format'
import { calledPerson, percentOfPerson } from '../ui/people'
import { servingWords } from '../ui/people-words'
import { PersonMark } from '../ui/person-mark'
import { wayName } from '../ui/way-words'
import styles from './receivers.module.css'

export function Receivers({ snapshot }: { snapshot: TransferSnapshot }) {
  const { neighbours, uploadRate, uploadedBytes } = snapshot
  return (
    <section aria-labelledby="receivers">
      <div className={styles.head}>
        <h2 id="receivers">People</h2>
        <span className={`${controls.quiet} ${controls.figures}`}>{sentWords(uploadRate, uploadedBytes)}</span>
      </div>
      {neighbours.length === 0 ? (
        <p className={styles.nobody}>Nobody is connected to you right now.</p>
      ) : (
        <ul className={styles.people}>
          {neighbours.map((person) => (
            <Receiver key={person.id} percent={percentOfPerson(person)} person={person} whole={snapshot} />
          ))}
        </ul>
      )}
    </section>
  )
}

function sentWords(rate: number, bytes: number): string {
  if (bytes === 0) return 'Nothing sent yet'
  return rate > 0 ? `${formatRate(rate)}, ${formatBytes(bytes)} sent so far` : `${formatBytes(bytes)} sent`
}

type ReceiverProps = { person: NeighbourSnapshot; percent: number; whole: TransferSnapshot }

function Receiver({ person, percent, whole }: ReceiverProps) {
  const name = calledPerson(person)
  return (
    <li className={`${styles.person} ${controls.figures}`}>
      <span className={styles.who}>
        <PersonMark number={person.number} />
        <bdi>{name}</bdi>
      </span>
      <Bar label={`${name} has`} percent={percent} thin />
      <span className={styles.percent}>{formatPercent(percent)}</span>
      <span className={styles.rate}>{person.uploadRate > 0 ? formatRate(person.uploadRate) : '–'}</span>
      <span className={styles.state}>
        {[servingWords(person), ...(person.way === 'direct' ? [] : [wayName(person.way)])].join('. ')}
        <span className={styles.sources}>{sourcesOf(person, whole)}</span>
      </span>
    </li>
  )
}

/** What they hold and did not get from us, they got from each other. */
function sourcesOf({ uploadedBytes, chunksHeld }: NeighbourSnapshot, { bytes, chunkCount }: TransferSnapshot): string {
  const held = chunkCount === 0 ? 0 : (chunksHeld / chunkCount) * bytes
  const elsewhere = Math.max(0, held - uploadedBytes)
  return [
    uploadedBytes > 0 && `${formatBytes(uploadedBytes)} from you`,
    elsewhere >= 1 && `${formatBytes(elsewhere)} from others`,
  ]
    .filter((part) => part !== false)
    .join(', ')
}
