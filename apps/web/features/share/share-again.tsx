// Shares once more what was shared from this browser: by one click where it finds the files, else by a dialog.
import { useState } from 'react'
import { type Picking, pickedFromHandles } from '../../session'
import controls from '../ui/controls.module.css'
import { ChooseAgain } from './choose-again'
import type { Kind } from './open-dialog'

/** `id`: the link that it had. */
export type OnShareAgain = (picking: Picking, id: string) => void

type ShareAgainProps = {
  shared: { id: string; name: string }
  /** What finds the files; empty where there is nothing that does. */
  handles: readonly FileSystemHandle[]
  /** Which dialog chooses it; undefined: none can. */
  kind: Kind | undefined
  words: string
  isPrimary?: boolean
  inputTestId: string
  onShareAgain: OnShareAgain
}

/** Handles that have led nowhere in this visit: what they named was moved or deleted, or may not be read. */
const lost = new Set<string>()

export function ShareAgain({
  shared,
  handles,
  kind,
  words,
  isPrimary = false,
  inputTestId,
  onShareAgain,
}: ShareAgainProps) {
  const { id, name } = shared
  const [isLost, setLost] = useState(() => lost.has(id))
  if (handles.length > 0 && !(isLost && kind !== undefined)) {
    const begin = () => {
      const look = pickedFromHandles(handles)
      onShareAgain(async (options) => {
        try {
          return await look(options)
        } catch (error) {
          if (!options.signal.aborted) {
            lost.add(id)
            setLost(true)
          }
          throw error
        }
      }, id)
    }
    return (
      <button
        aria-label={`${words}: “${name}”`}
        className={isPrimary ? controls.primary : controls.plain}
        onClick={begin}
        type="button"
      >
        {words}
      </button>
    )
  }
  if (kind === undefined) return null
  return (
    <ChooseAgain
      inputTestId={inputTestId}
      isPrimary={isPrimary}
      kind={kind}
      name={name}
      onPicked={(picked) => onShareAgain(picked, id)}
    />
  )
}
