// What every field has: its name, with what that means, and its control. Knows no kind of field.
import type { ReactNode } from 'react'
import styles from './field.module.css'
import { Term } from './term'

export type FieldName = {
  /** The label, for a screen reader, and for the eye where it is `shown` in no other way. */
  label: string
  /** null: the eye knows by other means. */
  shown?: ReactNode
  /** What the label means, where it is a word of the textbook. */
  means?: string | undefined
}

type FieldProps = FieldName & { id: string; hasSlider?: boolean; children: ReactNode }

/** `id`: the control's. Where `means` makes a button of the name, or nothing is shown, the control names itself. */
export function Field({ id, label, shown = label, means, hasSlider = false, children }: FieldProps) {
  return (
    <div className={`${styles.field} ${hasSlider ? styles.hasSlider : ''}`}>
      {shown !== null &&
        (means === undefined ? (
          <label className={styles.name} htmlFor={id}>
            {shown}
          </label>
        ) : (
          <span className={styles.name}>
            <Term means={means}>{shown}</Term>
          </span>
        ))}
      {children}
    </div>
  )
}
