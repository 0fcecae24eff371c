// A button that copies a link which is shown nowhere, and says how that went.
import { useEffect, useRef, useState } from 'react'
import controls from './controls.module.css'
import { copyFrom } from './copy'

const COPIED_MS = 2_000

export function CopyLink({ link }: { link: string }) {
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    if (field.current === null) return
    const hasCopied = await copyFrom(field.current)
    button.current?.focus()
    setCopied(hasCopied)
  }
  return (
    <>
      <input
        aria-label="Link"
        className={controls.unseen}
        readOnly
        ref={field}
        tabIndex={-1}
        type="text"
        value={link}
      />
      <button className={controls.plain} onClick={copy} ref={button} type="button">
        {isCopied ? 'Copied' : 'Copy link'}
      </button>
    </>
  )
}
