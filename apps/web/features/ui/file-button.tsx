// A button that asks for one file. Knows nothing of what is in it.
import { useId } from 'react'
import controls from './controls.module.css'

type FileButtonProps = {
  children: string
  onFile: (file: File) => void
  testId: string
  accept?: string
  className?: string | undefined
  disabled?: boolean
}

export function FileButton({
  children,
  onFile,
  testId,
  accept,
  className = controls.plain,
  disabled,
}: FileButtonProps) {
  const id = useId()
  return (
    <>
      <input
        accept={accept}
        className={controls.unseen}
        data-testid={testId}
        disabled={disabled}
        id={id}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          // The same file can be chosen again after it was changed.
          currentTarget.value = ''
          if (file) onFile(file)
        }}
        type="file"
      />
      <label className={className} htmlFor={id}>
        {children}
      </label>
    </>
  )
}
