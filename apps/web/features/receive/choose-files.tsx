// The share as a tree with boxes: what is fetched, before Download and while it comes, and Save next to each file that
// is whole.
import { Bitfield } from '@swarmdrop/core'
import type { TransferSnapshot } from '@swarmdrop/peer'
import { useId, useMemo, useState } from 'react'
import { comesInZip, type ReceivingTransfer } from '../../session'
import controls from '../ui/controls.module.css'
import { MixedBox } from '../ui/mixed-box'
import styles from './choose-files.module.css'
import { choiceWords } from './choose-words'
import { chosenOf, FileTree, openAtFirst, type TreeRow } from './file-tree'
import { SaveButton } from './save-button'
import { TreeRows } from './tree-rows'

type ChooseFilesProps = {
  session: ReceivingTransfer
  snapshot: TransferSnapshot
  /** A file was given to the browser, or what went wrong. */
  onSaved: (problem?: string) => void
}

export function ChooseFiles({ session, snapshot, onSaved }: ChooseFilesProps) {
  const { files, phase } = snapshot
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(files))
  const [isRefused, setRefused] = useState(false)
  /** A box answers at once; a snapshot may come later. */
  const [, drawAgain] = useState({})
  const tree = useMemo(() => new FileTree(files), [files])
  const rows = useMemo(() => tree.rows(open), [tree, open])
  const chosen = session.side.chosenFiles
  const title = useId()
  const all = { first: 0, end: files.length }

  const choose = ({ first, end }: Pick<TreeRow, 'first' | 'end'>, isChosen: boolean) => {
    const next = session.side.chosenFiles?.copy() ?? Bitfield.full(files.length)
    if (isChosen) next.setRange(first, end)
    else next.clearRange(first, end)
    setRefused(next.count === 0 && phase !== 'ready')
    void session.side.choose(next)
    drawAgain({})
  }
  const setFolder = ({ path }: TreeRow, isOpen: boolean) =>
    setOpen(new Set(isOpen ? [...open, path] : [...open].filter((other) => other !== path)))

  const saving = ({ first, isFolder, path }: TreeRow) =>
    !isFolder &&
    session.side.isWhole(first) && (
      <SaveButton
        asZip={comesInZip({ path })}
        index={first}
        key={path}
        name={path}
        onSaved={onSaved}
        session={session}
      />
    )

  return (
    <div data-testid="choose-files">
      <div className={styles.head}>
        <h2 id={title}>Files</h2>
        <div className={`${styles.all} ${controls.figures}`}>
          <output data-testid="choose-words">
            {choiceWords(chosen?.count ?? files.length, files.length, tree.bytesChosen(chosen))}
          </output>
          <MixedBox
            chosen={chosenOf(chosen, all)}
            label="All files"
            onChange={(isChosen) => choose(all, isChosen)}
            testId="choose-all"
          />
        </div>
      </div>
      <TreeRows
        action={phase === 'ready' ? undefined : saving}
        bytesOf={(row) => tree.bytesOf(row)}
        chosenOf={(row) => chosenOf(chosen, row)}
        isOpen={({ path }) => open.has(path)}
        onChoose={choose}
        onOpen={setFolder}
        rows={rows}
        titleId={title}
      />
      <output className={controls.quiet}>{isRefused ? 'At least one file stays chosen.' : ''}</output>
    </div>
  )
}
