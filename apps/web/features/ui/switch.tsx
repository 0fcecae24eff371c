// A box to tick, with what it does in words below. Knows nothing of what that is.
import type { ReactNode } from 'react'
import controls from './controls.module.css'
import styles from './switch.module.css'

type SwitchProps = {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  testId: string
  /** The id of the words that describe the box. */
  noteId: string
  children: ReactNode
}

export function Switch({ label, checked, onChange, testId, noteId, children }: SwitchProps) {
  return (
    <div className={styles.switch}>
      <label className={styles.line}>
        <input
          aria-describedby={noteId}
          checked={checked}
          className={styles.box}
          data-testid={testId}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          type="checkbox"
        />
        {label}
      </label>
      <p className={controls.quiet} id={noteId}>
        {children}
      </p>
    </div>
  )
}
