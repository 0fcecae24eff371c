// The first thing a sender sees: one sentence and one large place to drop.
import type { ReactNode } from 'react'
import { pathOf } from '../../session/base-path'
import { Notice } from '../ui/notice'
import { Chooser } from './chooser'
import styles from './choosing.module.css'
import { NoteField } from './note-field'
import type { OnPicked } from './open-dialog'
import { PasteLink } from './paste-link'

type ChoosingProps = {
  onPicked: OnPicked
  /** Files are over the page and would drop here. */
  hovering: boolean
  problem: string | undefined
  /** What is written and not shared yet. */
  note: string
  onNoteWritten: (note: string) => void
  onNote: () => void
  /** What comes before all else. */
  children: ReactNode
}

export function Choosing({ onPicked, hovering, problem, note, onNoteWritten, onNote, children }: ChoosingProps) {
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
            'Drop to share'
          ) : (
            <>
              <span className={styles.withMouse}>Drop files or a folder anywhere on this page</span>
              <span className={styles.withFinger}>Choose what to share</span>
            </>
          )}
        </p>
        <div className={styles.buttons}>
          <Chooser isPrimary kind="file" label={<FilesLabel />} onPicked={onPicked} />
          <span className={styles.withMouse}>
            <Chooser kind="folder" label="Choose a folder" onPicked={onPicked} />
          </span>
        </div>
      </section>

      <NoteField note={note} onShare={onNote} onWritten={onNoteWritten} />
      <PasteLink />

      <p className={styles.promise}>It goes from your browser to theirs. No server keeps it, and none can read it.</p>
      <p className={styles.lab}>
        Teaching networks? <a href={pathOf('/lab')}>Watch a file spread with your class</a>
      </p>
    </div>
  )
}

/** What a telephone holds is photos, to anyone who holds it. */
function FilesLabel() {
  return (
    <>
      <span className={styles.withMouse}>Choose files</span>
      <span className={styles.withFinger}>Choose photos or files</span>
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
