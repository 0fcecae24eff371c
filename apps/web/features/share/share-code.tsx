// The place of the code to read aloud. What is drawn there is loaded when there is a link: the start page needs none of
// it.
import { lazy, Suspense } from 'react'
import type { SendingTransfer } from '../../session'
import { retryUntilDone } from '../../session/retry-until-done'
import styles from './share-code.module.css'

const SpokenCode = lazy(async () => ({ default: (await retryUntilDone(() => import('./spoken-code'))).SpokenCode }))

export function ShareCode({ session }: { session: SendingTransfer }) {
  return (
    <section aria-label="Code to read aloud" className={styles.part}>
      <Suspense fallback={<p>Getting a code to read out…</p>}>
        <SpokenCode session={session} />
      </Suspense>
    </section>
  )
}
