// The speeds that the bounds are made of, and whether each is a limit or was seen. Knows nothing of the bounds.
import type { Distribution } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
import { formatRate } from '../ui/format'
import { personName } from '../ui/people'
import { PersonMark } from '../ui/person-mark'
import styles from './speeds-table.module.css'

type Person = Distribution['people'][number]

export function SpeedsTable({ people }: Pick<Distribution, 'people'>) {
  if (people.length === 0) return null
  return (
    <table className={`${styles.table} ${controls.figures}`}>
      <caption className={controls.unseen}>The speeds used here</caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Upload</th>
          <th scope="col">Download</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ number, role, upload, download }) => (
          <tr key={number}>
            <th scope="row">
              <span className={styles.who}>
                {number > 0 && <PersonMark number={number} />}
                {number === 0 ? 'You' : personName(number)}
              </span>
            </th>
            <Speed rate={upload} />
            {role === 'server' ? <td className={controls.quiet}>had it from the start</td> : <Speed rate={download} />}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Speed({ rate: { bytesPerSecond, basis } }: { rate: Person['upload'] }) {
  if (bytesPerSecond === 0 && basis === 'shown') return <td className={controls.quiet}>not seen yet</td>
  return (
    <td>
      {/* What was seen may have been held down by somebody else's limit. */}
      {basis === 'shown' && 'at least '}
      <span className={styles.rate}>{formatRate(bytesPerSecond)}</span>{' '}
      <span className={styles.basis}>{basis === 'limit' ? 'limit set' : 'best 5 s'}</span>
    </td>
  )
}
