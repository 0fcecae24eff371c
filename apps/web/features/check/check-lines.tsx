// What the check has found, line by line. All lines stand from the start, at their final height.
import styles from './check.module.css'
import type { CheckLine } from './lines'
import { Sign } from './sign'

export function CheckLines({ lines, isBusy }: { lines: readonly CheckLine[]; isBusy: boolean }) {
  return (
    <ul aria-busy={isBusy} aria-label="What was checked" className={styles.lines}>
      {lines.map(({ id, name, tone, word, detail }) => (
        <li className={styles.line} data-line={id} data-testid="check-line" data-tone={tone} key={id}>
          <Sign tone={tone} />
          <p className={styles.name}>
            <strong>{name}</strong>
            <span className={styles[tone]}>{word}</span>
          </p>
          <p className={styles.detail}>{detail}</p>
        </li>
      ))}
    </ul>
  )
}
