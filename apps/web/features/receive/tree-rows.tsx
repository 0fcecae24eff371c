// Rows of a tree, each with a box; draws only those in view, so that 50,000 files cost as little as 50. Knows nothing
// of what a choice does.
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatBytes } from '../ui/format'
import { MixedBox } from '../ui/mixed-box'
import { boxLabel } from './choose-words'
import type { Chosen, TreeRow } from './file-tree'
import styles from './tree-rows.module.css'

const ROW_HEIGHT = 44
const ROWS_IN_VIEW = 8
/** Rows drawn before and after the view, so that neither a fast wheel nor an arrow key meets a gap. */
const SPARE_ROWS = 8
const INDENT = 24
/** Deeper folders are not drawn further in: on a phone, names would have no room. */
const MOST_DEPTH = 6

type TreeRowsProps = {
  rows: readonly TreeRow[]
  titleId: string
  bytesOf: (row: TreeRow) => number
  chosenOf: (row: TreeRow) => Chosen
  isOpen: (row: TreeRow) => boolean
  onChoose: (row: TreeRow, isChosen: boolean) => void
  onOpen: (row: TreeRow, isOpen: boolean) => void
  /** What can be done with a file, at the end of its row; absent: nothing yet with any. */
  action?: ((row: TreeRow) => ReactNode) | undefined
}

export function TreeRows(props: TreeRowsProps) {
  const { rows, titleId, isOpen, onOpen } = props
  const [scrolled, setScrolled] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const first = Math.max(0, Math.min(Math.floor(scrolled / ROW_HEIGHT), rows.length - ROWS_IN_VIEW) - SPARE_ROWS)
  const end = Math.min(rows.length, first + ROWS_IN_VIEW + 2 * SPARE_ROWS)
  const scrolls = rows.length > ROWS_IN_VIEW

  const focus = (row: number) => list.current?.querySelector<HTMLElement>(`[data-row="${row}"] input`)?.focus()
  const followKey = (event: KeyboardEvent<HTMLElement>) => {
    const at = Number(event.currentTarget.dataset.row)
    const row = rows[at]
    if (!row) return
    switch (event.key) {
      case 'ArrowDown':
        focus(at + 1)
        break
      case 'ArrowUp':
        focus(at - 1)
        break
      case 'ArrowRight':
        if (row.isFolder) onOpen(row, true)
        break
      case 'ArrowLeft':
        if (row.isFolder && isOpen(row)) onOpen(row, false)
        else focus(rows.findLastIndex(({ depth }, other) => other < at && depth < row.depth))
        break
      default:
        return
    }
    event.preventDefault()
  }
  return (
    <section
      aria-labelledby={titleId}
      className={scrolls ? `${styles.rows} ${styles.scrolls}` : styles.rows}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      tabIndex={scrolls ? 0 : undefined}
    >
      <ul ref={list} style={{ paddingTop: first * ROW_HEIGHT, paddingBottom: (rows.length - end) * ROW_HEIGHT }}>
        {rows.slice(first, end).map((row, offset) => (
          <li
            aria-posinset={first + offset + 1}
            aria-setsize={rows.length}
            className={styles.row}
            data-row={first + offset}
            key={row.path}
            onKeyDown={followKey}
            style={{ paddingInlineStart: INDENT * Math.min(row.depth, MOST_DEPTH) }}
          >
            <Row {...props} row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Row({ row, bytesOf, chosenOf, isOpen, onChoose, onOpen, action }: TreeRowsProps & { row: TreeRow }) {
  const { name, path, isFolder } = row
  const bytes = bytesOf(row)
  return (
    <>
      <MixedBox chosen={chosenOf(row)} label={boxLabel(row, bytes)} onChange={(isChosen) => onChoose(row, isChosen)} />
      {isFolder ? (
        <button
          aria-expanded={isOpen(row)}
          className={styles.folder}
          onClick={() => onOpen(row, !isOpen(row))}
          title={path}
          type="button"
        >
          <span aria-hidden="true" className={styles.sign} />
          <bdi className={styles.name}>{name}</bdi>
        </button>
      ) : (
        <bdi className={styles.name} title={path}>
          {name}
        </bdi>
      )}
      <span className={`${controls.quiet} ${controls.figures} ${styles.size}`}>{formatBytes(bytes)}</span>
      {action && <span className={styles.action}>{action(row)}</span>}
    </>
  )
}
