// What can be set for a transfer, below all that is looked at.
import { type ReactNode, useId } from 'react'
import styles from './options.module.css'

export function Options({ children }: { children: ReactNode }) {
  const title = useId()
  return (
    <section aria-labelledby={title} className={styles.options}>
      <h2 id={title}>Options</h2>
      {children}
    </section>
  )
}
