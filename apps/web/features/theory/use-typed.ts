// A field's text: it stays as it is typed, wrong or right, until its value is changed elsewhere. Knows nothing of what it means.
import { type ChangeEvent, useState } from 'react'
import type { Read } from './quantities'

/** `value` undefined: none, where the reader allows that. */
export type Typing = {
  value: number | undefined
  /** The value as it is written when nobody types. */
  text: string
  read: (text: string) => Read | { value: undefined }
  onValue: (value: number | undefined) => void
}

export function useTyped({ value, text, read, onValue }: Typing) {
  const [typed, setTyped] = useState<{ text: string; value: number | undefined }>()
  const shown = typed !== undefined && Object.is(typed.value, value) ? typed.text : text
  const checked = shown === text ? undefined : read(shown)
  return {
    shown,
    problem: checked !== undefined && 'problem' in checked ? checked.problem : undefined,
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
      const next = read(currentTarget.value)
      const isWrong = 'problem' in next
      setTyped({ text: currentTarget.value, value: isWrong ? value : next.value })
      if (!isWrong) onValue(next.value)
    },
    forget: () => setTyped(undefined),
  }
}
