// Takes text pasted anywhere on the page, but for its fields. Knows nothing of what becomes of it.
import { useEffect, useEffectEvent } from 'react'

export function usePastedText(onText: (text: string) => void): void {
  const take = useEffectEvent(onText)
  useEffect(() => {
    const paste = ({ target, clipboardData }: ClipboardEvent) => {
      if (isWritable(target) || clipboardData?.types.includes('Files')) return
      const text = clipboardData?.getData('text/plain') ?? ''
      if (text !== '') take(text)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [])
}

/** A link that is shown to be copied, say, takes no text. */
const isWritable = (target: EventTarget | null) =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && !target.readOnly
