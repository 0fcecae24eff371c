// Recent transfers on the start page: go on with one, share one again, delete one, and what they take in all.
import type { KeptShared, KeptTransfer } from '@swarmdrop/peer/library'
import { useState } from 'react'
import { handlesOf, hasPicker } from '../../session'
import { pathOf } from '../../session/base-path'
import { Confirm } from '../ui/confirm'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import styles from './recent.module.css'
import { recentWords, spaceWords } from './recent-words'
import { type OnShareAgain, ShareAgain } from './share-again'
import { useRecent } from './use-recent'

type RecentProps = { onShareAgain: OnShareAgain }

export function Recent({ onShareAgain }: RecentProps) {
  const { transfers, problem, remove } = useRecent()
  const [asking, setAsking] = useState<KeptTransfer>()
  if (transfers.length === 0) return null
  // What only stands in the list costs nothing to choose again; what was fetched does.
  const begin = (transfer: KeptTransfer) => (transfer.role === 'sender' ? void remove(transfer) : setAsking(transfer))

  return (
    <section aria-labelledby="recent" className={styles.recent} data-testid="recent">
      <h2 id="recent">Recent on this device</h2>
      {problem !== undefined && (
        <Notice title="That could not be deleted" tone="bad">
          {problem}
        </Notice>
      )}
      <ul className={styles.list}>
        {transfers.map((transfer) => (
          <li className={styles.row} data-testid="recent-transfer" key={`${transfer.role} ${transfer.id}`}>
            <div className={styles.what}>
              <ShortName name={transfer.name} />
              <span className={`${controls.quiet} ${controls.figures}`}>{recentWords(transfer, Date.now())}</span>
            </div>
            <div className={styles.actions}>
              <WayOn onShareAgain={onShareAgain} transfer={transfer} />
              <button
                aria-label={`${deleteWord(transfer)} “${transfer.name}”`}
                className={transfer.role === 'sender' ? controls.link : controls.dangerLink}
                data-testid="delete-recent"
                onClick={() => begin(transfer)}
                type="button"
              >
                {deleteWord(transfer)}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <p className={`${controls.quiet} ${controls.figures}`} data-testid="kept-total">
        {spaceWords(transfers)}
      </p>
      {asking !== undefined && (
        <Confirm
          detail="Its parts are removed from this browser. Files you have saved stay where they are."
          no="Keep it"
          onAnswer={(agreed) => {
            setAsking(undefined)
            if (agreed) void remove(asking)
          }}
          question={`Delete “${asking.name}”?`}
          yes="Delete"
        />
      )}
    </section>
  )
}

/** How many characters of a name's end stay, however long it is: they tell what kind of file it is. */
const KEPT_END = 8

function ShortName({ name }: { name: string }) {
  const signs = [...name]
  return (
    <bdi className={styles.name} title={name}>
      <span className={styles.nameStart}>{signs.slice(0, -KEPT_END).join('')}</span>
      <span className={styles.nameEnd}>{signs.slice(-KEPT_END).join('')}</span>
    </bdi>
  )
}

const deleteWord = ({ role }: KeptTransfer) => (role === 'sender' ? 'Forget' : 'Delete')

function WayOn({ transfer, onShareAgain }: { transfer: KeptTransfer } & RecentProps) {
  if (transfer.role === 'sender') return <SharedBefore onShareAgain={onShareAgain} shared={transfer} />
  const word = transfer.stage === 'complete' ? 'Open' : 'Continue'
  return (
    <a aria-label={`${word} “${transfer.name}”`} className={controls.plain} href={pathOf(`/#${transfer.id}`)}>
      {word}
    </a>
  )
}

function SharedBefore({ shared, onShareAgain }: { shared: KeptShared } & RecentProps) {
  const handles = handlesOf(shared)
  const kind = shared.lone && hasPicker('file') ? 'file' : undefined
  if (handles.length === 0 && kind === undefined)
    return <span className={`${controls.quiet} ${styles.hint}`}>To share it under the same link, choose it above.</span>
  return (
    <ShareAgain
      inputTestId="recent-input"
      handles={handles}
      kind={kind}
      onShareAgain={onShareAgain}
      shared={shared}
      words="Share again"
    />
  )
}
