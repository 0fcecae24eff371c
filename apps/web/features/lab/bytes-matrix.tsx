// Who has given how much to whom: a row a giver, a column a taker. Knows nothing of how it came about.
import controls from '../ui/controls.module.css'
import { formatBytes } from '../ui/format'
import styles from './live.module.css'

/** `matrix[from][to]`, in the order of `names`. */
export function BytesMatrix({ names, matrix }: { names: readonly string[]; matrix: readonly (readonly number[])[] }) {
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
            {names.map((name, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two peers may have one name, and places stay
              <th key={place} scope="col" title={name}>
                {abbreviated(name)}
              </th>
            ))}
            <th scope="col">given</th>
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, from) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={from}>
              <th scope="row">{names[from]}</th>
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

/** "Peer 12" is 12: a column is narrow. */
const abbreviated = (name: string) => name.replace(/^Peer /, '').slice(0, 6)
