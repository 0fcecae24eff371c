// The first thing a sender sees: one sentence and one large place to drop.
import { type ReactNode, useId } from 'react'
import { pickedFromInput } from '../../session'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import styles from './choosing.module.css'
import { type Kind, type OnPicked, opensNewerDialog } from './open-dialog'
import { PasteLink } from './paste-link'

type ChoosingProps = {
  onPicked: OnPicked
  /** Files are over the page and would drop here. */
  hovering: boolean
  problem: string | undefined
  /** What comes before all else. */
  children: ReactNode
}

export function Choosing({ onPicked, hovering, problem, children }: ChoosingProps) {
  return (
    <div className={styles.page}>
      {children}
      <div className={styles.words}>
        <h1>Share a file by link</h1>
        <p className={styles.lede}>Everyone who downloads it also helps to pass it on.</p>
      </div>

      {problem !== undefined && (
        <Notice title="That could not be shared" tone="bad">
          {problem}
        </Notice>
      )}

      <section aria-label="Choose what to share" className={styles.place} data-hovering={hovering}>
        <DropMark />
        <p className={styles.invitation}>
          {hovering ? (
            'Let go to share'
          ) : (
            <>
              <span className={styles.withMouse}>Drop files or a folder anywhere on this page</span>
              <span className={styles.withFinger}>Choose what to share</span>
            </>
          )}
        </p>
        <div className={styles.buttons}>
          <Chooser kind="file" label="Choose files" onPicked={onPicked} />
          <Chooser kind="folder" label="Choose a folder" onPicked={onPicked} />
        </div>
      </section>

      <PasteLink />

      <p className={styles.promise}>It goes from your browser to theirs. No server keeps it, and none can read it.</p>
    </div>
  )
}

type ChooserProps = { kind: Kind; label: string; onPicked: OnPicked }

function Chooser({ kind, label, onPicked }: ChooserProps) {
  const id = useId()
  return (
    <>
      <input
        className={controls.unseen}
        data-testid={`${kind}-input`}
        id={id}
        multiple
        onChange={({ currentTarget }) => {
          // A dialog that was closed without a choice changes nothing.
          if (currentTarget.files?.length) onPicked(pickedFromInput(currentTarget.files))
        }}
        onClick={(event) => {
          if (opensNewerDialog(kind, event.currentTarget, onPicked)) event.preventDefault()
        }}
        ref={(input) => {
          // React's types do not know the attribute; every browser knows the property.
          if (input !== null) input.webkitdirectory = kind === 'folder'
        }}
        type="file"
      />
      <label className={kind === 'file' ? controls.primary : controls.plain} htmlFor={id}>
        {label}
      </label>
    </>
  )
}

function DropMark() {
  return (
    <svg aria-hidden="true" className={styles.mark} fill="none" height="48" viewBox="0 0 48 48" width="48">
      <path
        d="M24 6v24M14 21l10 10 10-10"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="3"
      />
      <path d="M6 32v6a4 4 0 0 0 4 4h28a4 4 0 0 0 4-4v-6" stroke="currentColor" strokeLinecap="round" strokeWidth="3" />
    </svg>
  )
}
