// Takes text pasted anywhere on the page, but for its fields. Knows nothing of what becomes of it.
import { useEffect, useEffectEvent } from 'react'
import { linkInText } from '../../session'
import { isWrittenAsCode } from '../../session/like-code'

const LIKE_LINK = /^\s*<?https?:\/\/\S+#\S*\s*$/

/**
 * Text that looks like a link or a code is one, though it may be broken; all other text is what somebody has written.
 */
export const isMeantAsLink = (text: string): boolean =>
  LIKE_LINK.test(text) || isWrittenAsCode(text) || 'id' in linkInText(text, window.location.host)

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
export const isWritable = (target: EventTarget | null) =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && !target.readOnly
