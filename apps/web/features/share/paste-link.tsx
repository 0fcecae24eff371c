// For somebody who was given a link or a code and has come here: a field that opens it, and so does pasting anywhere.
import { type FormEvent, useEffect, useId, useState } from 'react'
import { linkInText } from '../../session'
import { newCodeTyping, type Typing } from '../../session/code-typing'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import { useStore } from '../ui/use-store'
import { problemWords } from './code-words'
import styles from './paste-link.module.css'
import { isMeantAsLink, usePastedText } from './use-pasted-text'

export function PasteLink() {
  const [text, setText] = useState('')
  const [code] = useState(() => newCodeTyping(open))
  const typing = useStore(code)
  useEffect(() => () => code.close(), [code])
  const id = useId()
  const found = text.trim() === '' || typing.step !== 'none' ? undefined : linkInText(text, window.location.host)
  const elsewhere = found && 'elsewhere' in found ? found.elsewhere : undefined
  const problem = found && 'problem' in found ? found.problem : problemOf(typing)

  const take = (pasted: string) => {
    setText(pasted)
    const link = linkInText(pasted, window.location.host)
    // An id by itself may begin with a number.
    code.type('id' in link ? '' : pasted)
    if ('id' in link && link.elsewhere === undefined) open(link.id)
  }
  usePastedText((pasted) => {
    if (isMeantAsLink(pasted)) take(pasted)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    code.tryNow()
  }

  return (
    <form className={styles.paste} onSubmit={submit}>
      <label className={controls.quiet} htmlFor={id}>
        Have a link or a code?
      </label>
      <div className={styles.line}>
        <input
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          aria-invalid={problem !== undefined}
          autoCapitalize="none"
          autoComplete="off"
          className={`${controls.field} ${styles.field}`}
          data-testid="paste-link"
          id={id}
          list={`${id}-words`}
          onChange={({ currentTarget }) => take(currentTarget.value)}
          placeholder="7-guitar-orbit"
          spellCheck={false}
          type="text"
          value={text}
        />
        {typing.step === 'failed' && (
          <button className={controls.plain} type="submit">
            Try again
          </button>
        )}
      </div>
      <datalist id={`${id}-words`}>
        {typing.step === 'begun' && typing.completions.map((whole) => <option key={whole} value={whole} />)}
      </datalist>
      <output className={problem === undefined ? styles.progress : styles.problem} id={`${id}-problem`}>
        {problem ?? (typing.step === 'trying' && 'Asking the sender’s page…')}
      </output>
      {found && 'id' in found && elsewhere !== undefined && (
        <div className={styles.elsewhere}>
          <Notice
            title="This link belongs to another address"
            tone="wait"
            way={
              <>
                <a href={elsewhere}>Open it there</a>
                <button className={controls.plain} onClick={() => open(found.id)} type="button">
                  Try it here
                </button>
              </>
            }
          >
            It was made at {new URL(elsewhere).host}. People who share there cannot be reached from here, unless both
            names are the same server.
          </Notice>
        </div>
      )}
    </form>
  )
}

function problemOf(typing: Typing): string | undefined {
  if (typing.step === 'mistake') return typing.reason
  return typing.step === 'failed' ? problemWords[typing.problem] : undefined
}

/** Back leads here again. */
function open(id: string): void {
  window.location.hash = id
}
