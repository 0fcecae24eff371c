// Takes files dropped or pasted anywhere on the page. Knows nothing of what becomes of them.
import { useEffect, useEffectEvent, useState } from 'react'
import { type Picking, pickedFromTransfer } from '../../session'
import { isWritable } from './use-pasted-text'

const bringsFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false

/** Whether files hover over the page just now. */
export function usePageDrop(onPicked: (picked: Picking) => void): boolean {
  const [hovering, setHovering] = useState(false)
  const pick = useEffectEvent(onPicked)

  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const over = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return
      event.preventDefault()
      setHovering(true)
    }
    window.addEventListener('dragover', over, { signal })
    window.addEventListener(
      'dragleave',
      // Only the last one, out of the window, goes nowhere.
      ({ relatedTarget }) => relatedTarget === null && setHovering(false),
      { signal },
    )
    window.addEventListener(
      'drop',
      (event) => {
        if (!bringsFiles(event.dataTransfer)) return
        event.preventDefault()
        setHovering(false)
        pick(pickedFromTransfer(event.dataTransfer))
      },
      { signal },
    )
    window.addEventListener(
      'paste',
      ({ target, clipboardData }) => {
        // A spreadsheet gives its cells as text and as a picture: in a field, the text is meant.
        if (isWritable(target) && clipboardData?.types.includes('text/plain')) return
        if (bringsFiles(clipboardData)) pick(pickedFromTransfer(clipboardData))
      },
      { signal },
    )
    return () => stop.abort()
  }, [])

  return hovering
}
