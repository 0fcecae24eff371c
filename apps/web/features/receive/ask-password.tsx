// Asks for the password of a link that has one, and says what became of it. Loaded where somebody is there and asks.
import type { TransferSnapshot } from '@swarmdrop/peer'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { ReceivingTransfer } from '../../session'
import { MOST_PASSWORD_CHARACTERS, removePassword, setPassword } from '../../session/passwords'
import controls from '../ui/controls.module.css'
import styles from './ask-password.module.css'
import { passwordWords } from './password-words'

/** The time for an answer: those who were there may have gone. */
const ANSWER_WITHIN_MS = 12_000

type Trying = 'no' | 'yes' | 'long'
type AskPasswordProps = { session: ReceivingTransfer; verdict: NonNullable<TransferSnapshot['password']> }

export function AskPassword({ session, verdict }: AskPasswordProps) {
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const [trying, setTrying] = useState<Trying>('no')
  const [problem, setProblem] = useState<string>()
  const tried = useRef('')
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const isTrying = trying === 'yes'
  const isWrong = verdict === 'wrong' && !isTrying && problem === undefined

  useEffect(() => {
    // Answered: anyone who was wrong types again where the eye is.
    if (verdict === 'set') return
    setTrying('no')
    const { current } = field
    // Anyone who types another already is not to lose it.
    if (verdict !== 'wrong' || current === null || current.value !== tried.current) return
    current.focus()
    current.select()
  }, [verdict])
  useEffect(() => {
    if (trying !== 'yes') return
    const timer = setTimeout(() => setTrying('long'), ANSWER_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [trying])

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() === '') return field.current?.focus()
    tried.current = typed
    setProblem(undefined)
    setTrying('yes')
    setPassword(session, typed).catch(({ message }: Error) => {
      if (tried.current !== typed) return
      setTrying('no')
      setProblem(message)
    })
  }

  if (verdict === 'none')
    return (
      <div className={styles.card}>
        <h2 className={styles.title}>The people here ask for no password</h2>
        <p>{passwordWords.none}</p>
        <button className={controls.plain} onClick={() => removePassword(session)} type="button">
          Continue without
        </button>
      </div>
    )
  return (
    <form className={styles.card} onSubmit={onSubmit}>
      <h2 className={styles.title}>
        <label htmlFor={id}>Type the password</label>
      </h2>
      <p>{passwordWords.needed}</p>
      <div className={styles.line}>
        <input
          aria-describedby={`${id}-said`}
          aria-invalid={isWrong}
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          className={`${controls.field} ${styles.field}`}
          data-testid="password"
          id={id}
          maxLength={MOST_PASSWORD_CHARACTERS}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          ref={field}
          spellCheck={false}
          type={isShown ? 'text' : 'password'}
          value={typed}
        />
        <button className={controls.primary} disabled={isTrying} type="submit">
          {isTrying ? 'Trying…' : 'Open'}
        </button>
      </div>
      <label className={styles.show}>
        <input checked={isShown} onChange={({ currentTarget }) => setShown(currentTarget.checked)} type="checkbox" />
        Show what I type
      </label>
      <output className={isWrong || problem !== undefined ? styles.problem : styles.said} id={`${id}-said`}>
        {problem ?? saidOf(trying, verdict)}
      </output>
    </form>
  )
}

function saidOf(trying: Trying, verdict: AskPasswordProps['verdict']): string {
  if (trying === 'yes') return passwordWords.trying
  if (verdict === 'wrong' || verdict === 'busy') return passwordWords[verdict]
  return trying === 'long' ? passwordWords.silent : ''
}
