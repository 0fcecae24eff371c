// Text, a picture or a player, of as much of a file as is here. Knows nothing of how it comes.
import { useEffect, useRef, useState } from 'react'
import { CopyText } from './copy-text'
import styles from './preview.module.css'

type Shown = {
  blob: Blob | undefined
  /** The type as a browser names it. */
  type: string
  /** Nothing is missing any more. */
  whole: boolean
}

/** The most text that is shown: more than anybody reads before it is saved. */
export const MOST_TEXT_BYTES = 65_536
/** A player begins again with each longer start that it is given: not for every part. */
const WORTH_BYTES = 1_048_576

const COMING = 'It appears here when its first parts have arrived.'
const NOT_YET = 'Not enough has arrived to show it. Each new part is tried.'
const NEVER = 'This browser cannot show it. Save it, and open it with another program.'

export function TextPreview({ blob, whole }: Shown) {
  const [text, setText] = useState('')
  const shown = useRef<HTMLPreElement>(null)
  useEffect(() => {
    let over = false
    void blob
      ?.slice(0, MOST_TEXT_BYTES)
      .text()
      .then((read) => !over && setText(read))
    return () => {
      over = true
    }
  }, [blob])
  if (text === '') return <p className={styles.words}>{COMING}</p>
  const cut = (blob?.size ?? 0) > MOST_TEXT_BYTES
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
      <pre className={styles.text} ref={shown} tabIndex={0}>
        {text}
      </pre>
      {whole && !cut && <CopyText of={shown} />}
      {(cut || !whole) && <p className={styles.words}>{cut ? 'The first 65 kB of it.' : 'More is coming.'}</p>}
    </>
  )
}

export function Picture({ blob, type, whole, name }: Shown & { name: string }) {
  const [url, setUrl] = useState<string>()
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (!blob || blob.size === 0) return
    const made = URL.createObjectURL(blob.slice(0, blob.size, type))
    setUrl(made)
    setBroken(false)
    return () => URL.revokeObjectURL(made)
  }, [blob, type])
  if (url === undefined) return <p className={styles.words}>{COMING}</p>
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: its bytes are in this tab, and no server has them to optimise */}
      <img alt={name} className={styles.picture} hidden={broken} onError={() => setBroken(true)} src={url} />
      {broken && <p className={styles.words}>{whole ? NEVER : NOT_YET}</p>}
    </>
  )
}

export function Player({ blob, type, whole, kind, name }: Shown & { kind: 'audio' | 'video'; name: string }) {
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null)
  const playing = useRef({ bytes: 0, url: '' })
  /** Whether the player has played what it was given, or could do nothing with it. */
  const [step, setStep] = useState<'idle' | 'playing' | 'at its end' | 'broken'>('idle')

  useEffect(() => {
    const { current } = player
    const { bytes, url } = playing.current
    if (!current || !blob || step === 'playing' || (blob.size - bytes < WORTH_BYTES && !(whole && bytes < blob.size)))
      return
    const at = current.currentTime
    playing.current = { bytes: blob.size, url: URL.createObjectURL(blob.slice(0, blob.size, type)) }
    current.src = playing.current.url
    current.currentTime = at
    URL.revokeObjectURL(url)
    setStep('playing')
  }, [blob, step, type, whole])
  useEffect(() => () => URL.revokeObjectURL(playing.current.url), [])

  const Element = kind
  return (
    <>
      <Element
        aria-label={name}
        autoPlay
        className={styles.player}
        controls
        onEnded={() => setStep('at its end')}
        onError={() => setStep('broken')}
        ref={player}
      />
      <p className={styles.words}>{playerWords(step, whole)}</p>
    </>
  )
}

function playerWords(step: 'idle' | 'playing' | 'at its end' | 'broken', whole: boolean): string {
  if (step === 'idle') return COMING
  if (step === 'broken') return whole ? NEVER : NOT_YET
  return step === 'at its end' && !whole ? 'It continues when more has arrived.' : ''
}
