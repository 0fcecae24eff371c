// A code while it is typed into the start page's field: how it may go on, what is wrong, and how the try goes. Loaded
// when one is begun.
import { type Ref, useEffect, useImperativeHandle, useState } from 'react'
import { newCodeTyping, type Typing } from '../../session/code-typing'
import controls from '../ui/controls.module.css'
import { useStore } from '../ui/use-store'
import { problemWords } from './code-words'
import styles from './paste-link.module.css'

export type TypedCodeHandle = { tryNow: () => void }

type TypedCodeProps = {
  text: string
  /** The id of the words that it says. */
  id: string
  /** The id of the list of what the text may become. */
  listId: string
  onLink: (id: string) => void
  onWrong: (isWrong: boolean) => void
  ref: Ref<TypedCodeHandle>
}

export function TypedCode({ text, id, listId, onLink, onWrong, ref }: TypedCodeProps) {
  const [code] = useState(() => newCodeTyping(onLink))
  const typing = useStore(code)
  const problem = problemOf(typing)
  const isWrong = problem !== undefined
  useImperativeHandle(ref, () => ({ tryNow: () => code.tryNow() }), [code])
  useEffect(() => {
    code.type(text)
    return () => code.close()
  }, [code, text])
  useEffect(() => {
    onWrong(isWrong)
    return () => onWrong(false)
  }, [isWrong, onWrong])

  return (
    <>
      <datalist id={listId}>
        {typing.step === 'begun' && typing.completions.map((whole) => <option key={whole} value={whole} />)}
      </datalist>
      <output className={isWrong ? styles.problem : styles.progress} id={id}>
        {problem ?? (typing.step === 'trying' && 'Asking the sender’s page…')}
      </output>
      {typing.step === 'failed' && (
        <button className={`${controls.plain} ${styles.again}`} type="submit">
          Try again
        </button>
      )}
    </>
  )
}

function problemOf(typing: Typing): string | undefined {
  if (typing.step === 'mistake') return typing.reason
  return typing.step === 'failed' ? problemWords[typing.problem] : undefined
}
