// A card that says what happened and offers the way on. Never a dead end by itself.
import type { ReactNode } from 'react'
import styles from './notice.module.css'

type NoticeProps = {
  tone: 'bad' | 'wait'
  title: string
  /** `h1` where the card is all there is on the page. */
  heading?: 'h1' | 'h2'
  children: ReactNode
  /** The way on: a link or a button. */
  way?: ReactNode
}

export function Notice({ tone, title, heading: Heading = 'h2', children, way }: NoticeProps) {
  return (
    <section className={`${styles.notice} ${styles[tone]}`} role="alert">
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.reason}>{children}</p>
      {way !== undefined && <div className={styles.way}>{way}</div>}
    </section>
  )
}
