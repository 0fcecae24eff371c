// Gives what the swarm did as a picture, to show to a friend.
import { useEffect, useState } from 'react'
import controls from '../ui/controls.module.css'
import styles from './closing.module.css'
import type { PicturePerson } from './closing-picture'

const SAID_MS = 4_000
const WORDS = {
  idle: undefined,
  copied: 'Copied',
  saved: 'Saved as a picture',
  failed: 'The picture could not be made',
}

/** Plain HTTP has no clipboard for pictures: there it is saved. */
const canCopy = () => typeof ClipboardItem === 'function' && navigator.clipboard !== undefined

type ClosingPictureProps = { sentence: string; people: readonly PicturePerson[] }

export function ClosingPicture({ sentence, people }: ClosingPictureProps) {
  const [step, setStep] = useState<keyof typeof WORDS>('idle')
  useEffect(() => {
    if (step === 'idle') return
    const timer = setTimeout(() => setStep('idle'), SAID_MS)
    return () => clearTimeout(timer)
  }, [step])

  const take = async () => {
    const picture = import('./closing-picture').then(({ closingPicture }) => closingPicture(sentence, people))
    try {
      if (canCopy()) {
        try {
          // With the promise itself: some browsers let a page copy only at once.
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
          return setStep('copied')
        } catch {
          // Not allowed in this frame or by this person: then it is saved.
        }
      }
      const { saveBlob } = await import('../../session/files')
      saveBlob(await picture, 'swarmdrop.png')
      setStep('saved')
    } catch {
      setStep('failed')
    }
  }

  return (
    <div className={styles.closing}>
      <button className={controls.plain} data-testid="closing-picture" onClick={() => void take()} type="button">
        {WORDS[step] ?? (canCopy() ? 'Copy as picture' : 'Save as picture')}
      </button>
      <output className={controls.unseen}>{WORDS[step]}</output>
    </div>
  )
}
