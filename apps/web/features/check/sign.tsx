// The sign before what was found: told apart by its form, and by colour as well. Says nothing to a screen reader.
import type { ReactNode } from 'react'
import type { Tone } from './lines'
import styles from './sign.module.css'

const disc = <circle cx="10" cy="10" fill="currentColor" r="9" />
const drawings: Record<Tone, ReactNode> = {
  running: <circle cx="10" cy="10" fill="none" r="8" stroke="currentColor" strokeDasharray="12 5" strokeWidth="2" />,
  good: (
    <>
      {disc}
      <path className={styles.cut} d="m5.8 10.4 2.9 2.9 5.6-6.3" />
    </>
  ),
  fine: (
    <>
      <circle cx="10" cy="10" fill="none" r="8" stroke="currentColor" strokeWidth="2" />
      <path d="M6.5 10h7" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  weak: (
    <>
      <path d="M10 1.5 19 18H1Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path className={styles.cut} d="M10 7v5m0 2.2v1.6" />
    </>
  ),
  bad: (
    <>
      <path d="M6 1h8l5 5v8l-5 5H6l-5-5V6Z" fill="currentColor" />
      <path className={styles.cut} d="m6.8 6.8 6.4 6.4m0-6.4-6.4 6.4" />
    </>
  ),
}

export function Sign({ tone }: { tone: Tone }) {
  return (
    <svg aria-hidden="true" className={`${styles.sign} ${styles[tone]}`} height="20" viewBox="0 0 20 20" width="20">
      {drawings[tone]}
    </svg>
  )
}
