// A progress bar that says its value aloud and in attributes.
import styles from './bar.module.css'

type BarProps = { label: string; percent: number; testId?: string; thin?: boolean }

export function Bar({ label, percent, testId, thin = false }: BarProps) {
  return (
    <progress
      aria-label={label}
      aria-valuemax={100}
      aria-valuemin={0}
      aria-valuenow={percent}
      aria-valuetext={`${percent} %`}
      className={thin ? `${styles.bar} ${styles.thin}` : styles.bar}
      data-testid={testId}
      max={100}
      value={percent}
    />
  )
}
