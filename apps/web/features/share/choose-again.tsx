// A button that asks for what was shared before, where the browser cannot find it by itself.
import { useRef } from 'react'
import { pickedFromInput } from '../../session'
import controls from '../ui/controls.module.css'
import { type Kind, type OnPicked, opensNewerDialog } from './open-dialog'

type ChooseAgainProps = { kind: Kind; name: string; onPicked: OnPicked; isPrimary?: boolean; inputTestId: string }

export function ChooseAgain({ kind, name, onPicked, isPrimary = false, inputTestId }: ChooseAgainProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        aria-hidden
        className={controls.unseen}
        data-testid={inputTestId}
        multiple
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) onPicked(pickedFromInput(currentTarget.files))
        }}
        ref={(element) => {
          input.current = element
          // React's types do not know the attribute; every browser knows the property.
          if (element !== null) element.webkitdirectory = kind === 'folder'
        }}
        tabIndex={-1}
        type="file"
      />
      <button
        aria-label={`Choose it again: “${name}”`}
        className={isPrimary ? controls.primary : controls.plain}
        onClick={() => {
          if (input.current !== null && !opensNewerDialog(kind, input.current, onPicked)) input.current.click()
        }}
        type="button"
      >
        Choose it again
      </button>
    </>
  )
}
