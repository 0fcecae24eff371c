// Every file by name and size; draws only the rows in view, so that 5,000 cost as little as 50.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { type ReactNode, useId, useState } from 'react'
import controls from './controls.module.css'
import styles from './file-list.module.css'
import { countOf, formatBytes } from './format'

const ROW_HEIGHT = 44
const ROWS_IN_VIEW = 8
// Drawn before and after the view, so that a fast wheel meets no gap.
const SPARE_ROWS = 8
const SHOWN_AT_ONCE = 5

type Files = TransferSnapshot['files']

/** One file by the name that the page shows already: a list of it would say nothing more. */
export const isLoneFile = ({ files, name }: Pick<TransferSnapshot, 'files' | 'name'>) =>
  files.length === 1 && files[0]?.path === name

type FileListProps = {
  files: Files
  /** What can be done with one file, at the end of its row. */
  action?: ((index: number) => ReactNode) | undefined
}

export function FileList({ files, action }: FileListProps) {
  const [open, setOpen] = useState(files.length <= SHOWN_AT_ONCE)
  const title = useId()
  return (
    <div>
      <div className={styles.head}>
        <h2 id={title}>{countOf(files.length, 'file')}</h2>
        {files.length > SHOWN_AT_ONCE && (
          <button aria-expanded={open} className={styles.toggle} onClick={() => setOpen(!open)} type="button">
            {open ? 'Hide' : 'Show all'}
          </button>
        )}
      </div>
      {open && <Rows action={action} files={files} titleId={title} />}
    </div>
  )
}

function Rows({ files, action, titleId }: { files: Files; action: FileListProps['action']; titleId: string }) {
  const [scrolled, setScrolled] = useState(0)
  const first = Math.max(0, Math.floor(scrolled / ROW_HEIGHT) - SPARE_ROWS)
  const end = Math.min(files.length, first + ROWS_IN_VIEW + 2 * SPARE_ROWS)
  const scrolls = files.length > ROWS_IN_VIEW
  return (
    <section
      aria-labelledby={titleId}
      className={scrolls ? `${styles.rows} ${styles.scrolls}` : styles.rows}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      tabIndex={scrolls ? 0 : undefined}
    >
      <ul style={{ paddingTop: first * ROW_HEIGHT, paddingBottom: (files.length - end) * ROW_HEIGHT }}>
        {files.slice(first, end).map(({ path, bytes }, offset) => (
          <li aria-posinset={first + offset + 1} aria-setsize={files.length} className={styles.row} key={path}>
            <FileName path={path} />
            <span className={`${controls.quiet} ${controls.figures}`}>{formatBytes(bytes)}</span>
            {action?.(first + offset)}
          </li>
        ))}
      </ul>
    </section>
  )
}

// The name stays whole as long as it can; its folders give way first.
function FileName({ path }: { path: string }) {
  const cut = path.lastIndexOf('/') + 1
  return (
    <bdi className={styles.name} title={path}>
      {cut > 0 && <span className={styles.folders}>{path.slice(0, cut)}</span>}
      <span className={styles.base}>{path.slice(cut)}</span>
    </bdi>
  )
}
