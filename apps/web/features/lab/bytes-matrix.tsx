// Who has given how much to whom: a row a giver, a column a taker. Knows nothing of how it came about.
import { peerNumber } from '../pictures/peer-number'
import { RoleSign } from '../pictures/role-sign'
import type { PeerRole } from '../pictures/swarm-frame'
import controls from '../ui/controls.module.css'
import { formatBytes } from '../ui/format'
import { PersonMark } from '../ui/person-mark'
import styles from './live.module.css'

const SERVER: PeerRole = 'server'

type BytesMatrixProps = {
  peers: readonly { name: string; mark?: number }[]
  /** `matrix[from][to]`, in the order of `peers`. */
  matrix: readonly (readonly number[])[]
}

export function BytesMatrix({ peers, matrix }: BytesMatrixProps) {
  const names = peers.map(({ name }) => name)
  const most = Math.max(1, ...matrix.flat())
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section aria-label="Bytes given and received" className={styles.scrolls} tabIndex={0}>
      <table className={`${styles.matrix} ${controls.figures}`}>
        <caption className={controls.unseen}>Megabytes given by each row to each column</caption>
        <thead>
          <tr>
            <th scope="col">MB from ↓ to →</th>
            {peers.map((peer, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two peers may have one name, and indices stay
              <th key={index} scope="col" title={peer.name}>
                <Head peer={peer} index={index} />
              </th>
            ))}
            <th scope="col">given</th>
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, from) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={from}>
              <th scope="row" title={names[from]}>
                <span className={styles.giver}>
                  <Sign peer={peers[from]} index={from} /> <bdi className={styles.cut}>{names[from]}</bdi>
                </span>
              </th>
              {row.map((bytes, to) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={to} title={`${names[from]} to ${names[to]}: ${formatBytes(bytes)}`}>
                  {from === to ? (
                    <span aria-hidden="true">·</span>
                  ) : (
                    <>
                      <span
                        aria-hidden="true"
                        className={styles.amount}
                        style={{ opacity: 0.08 + 0.4 * (bytes / most), visibility: bytes === 0 ? 'hidden' : 'visible' }}
                      />
                      {bytes === 0 ? '0' : (bytes / 1e6).toFixed(1)}
                    </>
                  )}
                </td>
              ))}
              <td className={styles.total}>{(sum(row) / 1e6).toFixed(1)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">received</th>
            {names.map((_, to) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td className={styles.total} key={to}>
                {(sum(matrix.map((row) => row[to] ?? 0)) / 1e6).toFixed(1)}
              </td>
            ))}
            <td className={styles.total}>{(sum(matrix.flat()) / 1e6).toFixed(1)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}

/** A column is narrow, and names of a class may differ at their end alone: the mark tells who it is. */
function Head({ peer, index }: { peer: { name: string; mark?: number }; index: number }) {
  return (
    <>
      <Sign peer={peer} index={index} />
      <span className={controls.unseen}>{peer.name}</span>
    </>
  )
}

function Sign({ peer, index }: { peer: { mark?: number } | undefined; index: number }) {
  return index === 0 ? <RoleSign role={SERVER} /> : <PersonMark number={peerNumber(peer, index)} />
}
