// A button that asks for files or for a folder. Knows nothing of what becomes of them.
import { type ReactNode, useId } from 'react'
import { pickedFromInput } from '../../session'
import controls from '../ui/controls.module.css'
import { type Kind, type OnPicked, opensNewerDialog } from './open-dialog'

type ChooserProps = { kind: Kind; label: ReactNode; onPicked: OnPicked; isPrimary?: boolean; testId?: string }

export function Chooser({ kind, label, onPicked, isPrimary = false, testId = `${kind}-input` }: ChooserProps) {
  const id = useId()
  return (
    <>
      <input
        className={controls.unseen}
        data-testid={testId}
        id={id}
        multiple
        onChange={({ currentTarget }) => {
          // A dialog that was closed without a choice changes nothing.
          if (currentTarget.files?.length) onPicked(pickedFromInput(currentTarget.files))
          // The same can be chosen again after it was changed.
          currentTarget.value = ''
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
      <label className={isPrimary ? controls.primary : controls.plain} htmlFor={id}>
        {label}
      </label>
    </>
  )
}
