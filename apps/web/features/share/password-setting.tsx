// A password besides the link: set, shown as long as this page lives, changed and taken off. Loaded with the link.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { SendingTransfer } from '../../session'
import {
  MOST_PASSWORD_CHARACTERS,
  newPasswordProblem,
  removePassword,
  setPassword,
  suggestPassword,
} from '../../session/passwords'
import controls from '../ui/controls.module.css'
import styles from './password-setting.module.css'

type PasswordSettingProps = { session: SendingTransfer; isSet: boolean }

/** What was typed, by session, to be read again. It is kept nowhere else. */
const typedHere = new WeakMap<SendingTransfer, string>()

export function PasswordSetting({ session, isSet }: PasswordSettingProps) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [isChanging, setChanging] = useState(false)
  const [hasSet, setHasSet] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const set = useRef<HTMLDivElement>(null)
  const id = useId()
  const isShown = isSet && !isChanging
  useEffect(() => {
    // The field that had it is gone: what is set is read out.
    if (isShown && hasSet) set.current?.focus()
  }, [isShown, hasSet])

  const type = (text: string) => {
    setTyped(text)
    setProblem(undefined)
  }
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong = newPasswordProblem(typed)
    setProblem(wrong)
    if (wrong !== undefined) return field.current?.focus()
    setBusy(true)
    try {
      await setPassword(session, typed)
      typedHere.set(session, typed.trim())
      setHasSet(true)
      setChanging(false)
      setTyped('')
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const remove = () => {
    setHasSet(false)
    typedHere.delete(session)
    removePassword(session)
  }

  if (isShown) {
    const known = typedHere.get(session)
    return (
      <div className={styles.setting} data-testid="password-set" ref={set} tabIndex={-1}>
        <p className={styles.name}>Password</p>
        <p>
          {known === undefined ? 'One is set.' : <strong className={styles.known}>{known}</strong>}{' '}
          <span className={controls.quiet}>Send it another way than the link.</span>
        </p>
        <div className={styles.line}>
          <button className={controls.link} onClick={() => setChanging(true)} type="button">
            Change it
          </button>
          <button className={controls.link} data-testid="password-remove" onClick={remove} type="button">
            Remove it
          </button>
        </div>
      </div>
    )
  }
  return (
    <form className={styles.setting} onSubmit={onSubmit}>
      <label className={styles.name} htmlFor={id}>
        Password
      </label>
      <div className={styles.line}>
        <input
          aria-describedby={`${id}-note`}
          aria-invalid={problem !== undefined}
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          className={`${controls.field} ${styles.field}`}
          data-testid="password"
          id={id}
          maxLength={MOST_PASSWORD_CHARACTERS}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          ref={field}
          spellCheck={false}
          type="text"
          value={typed}
        />
        <button className={controls.plain} disabled={isBusy} type="submit">
          {isBusy ? 'Setting…' : 'Set'}
        </button>
        <button className={controls.link} onClick={() => type(suggestPassword())} type="button">
          Suggest one
        </button>
      </div>
      <output className={problem === undefined ? controls.quiet : styles.problem} id={`${id}-note`}>
        {problem ??
          'For a link that others might read: set it before you send it. People who have opened it already must type it to continue, but can still pass on what they have without it.'}
      </output>
    </form>
  )
}
