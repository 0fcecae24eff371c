// The code of the link, to be read aloud: the code, where it is typed, and what became of it. Knows nothing of who
// types it.
import type { SendingTransfer } from '../../session'
import { codeOf } from '../../session/shared-code'
import controls from '../ui/controls.module.css'
import { useNetworkLink } from '../ui/use-network-link'
import { useStore } from '../ui/use-store'
import { codeWords, wrongTriesWords } from './code-words'
import styles from './share-code.module.css'

export function SpokenCode({ session }: { session: SendingTransfer }) {
  const offer = codeOf(session)
  const snapshot = useStore(offer)
  const { shown } = useNetworkLink(session.getSnapshot().link)
  const { state, code, wrongTries } = snapshot
  const words = codeWords(snapshot)
  const tries = wrongTriesWords(wrongTries)

  return (
    <>
      <output className={words === undefined ? controls.unseen : styles.words}>{words}</output>
      {state === 'stopped' ? (
        <button className={controls.plain} onClick={() => offer.drawAnother()} type="button">
          Get a new code
        </button>
      ) : (
        <p>
          Or read out{' '}
          <strong className={styles.code} data-state={state} data-testid="share-code">
            {code}
          </strong>
          {code === undefined && 'a code, as soon as the server gives one.'}
          {code !== undefined && shown !== undefined && (
            <> to be typed at {addressAsTyped(shown)} while this page is open.</>
          )}
          {tries !== undefined && ` So far: ${tries}.`}
        </p>
      )}
    </>
  )
}

/** The address as people type it: 192.168.1.5:3000, drop.example.org/files. */
function addressAsTyped(link: string): string {
  const { host, pathname } = new URL(link)
  return `${host}${pathname.replace(/\/$/, '')}`
}
