// Before anybody with the content is found: says what it waits for, and takes the room that progress will take.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { useEffect, useState } from 'react'
import { ConnectionNote } from '../ui/connection-note'
import { Mark } from '../ui/mark'
import styles from './searching.module.css'
import { statusOf } from './status'

// After this long without anybody, a person wonders.
const WONDER_MS = 4_000

export function Searching({ snapshot }: { snapshot: TransferSnapshot }) {
  const [waited, setWaited] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), WONDER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.searching}>
      <span className={styles.mark}>
        <Mark />
      </span>
      <div className={styles.words}>
        <output>{statusOf(snapshot, { waited })}</output>
        <ConnectionNote snapshot={snapshot} />
      </div>
    </div>
  )
}
