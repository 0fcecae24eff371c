// For somebody who was given a link or a code and has come here: a field that opens it, and so does pasting anywhere.
import { type FormEvent, lazy, Suspense, useId, useRef, useState } from 'react'
import { linkInText } from '../../session'
import { isLikeCode } from '../../session/like-code'
import { retryUntilDone } from '../../session/retry-until-done'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import styles from './paste-link.module.css'
import type { TypedCodeHandle } from './typed-code'
import { isMeantAsLink, usePastedText } from './use-pasted-text'

const TypedCode = lazy(async () => ({ default: (await retryUntilDone(() => import('./typed-code'))).TypedCode }))

export function PasteLink() {
  const [text, setText] = useState('')
  const [isCodeWrong, setCodeWrong] = useState(false)
  const code = useRef<TypedCodeHandle>(null)
  const id = useId()
  const found = text.trim() === '' ? undefined : linkInText(text, window.location.host)
  const isCode = found !== undefined && 'problem' in found && isLikeCode(text)
  const problem = found && 'problem' in found && !isCode ? found.problem : undefined
  const elsewhere = found && 'elsewhere' in found ? found.elsewhere : undefined

  const take = (pasted: string) => {
    setText(pasted)
    const link = linkInText(pasted, window.location.host)
    if ('id' in link && link.elsewhere === undefined) open(link.id)
  }
  usePastedText((pasted) => {
    if (isMeantAsLink(pasted)) take(pasted)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    code.current?.tryNow()
  }

  return (
    <form className={styles.paste} onSubmit={submit}>
      <label className={controls.quiet} htmlFor={id}>
        Were you given a link or a code?
      </label>
      <input
        aria-describedby={`${id}-words`}
        aria-invalid={problem !== undefined || isCodeWrong}
        autoCapitalize="none"
        autoComplete="off"
        className={`${controls.field} ${styles.field}`}
        data-testid="paste-link"
        id={id}
        list={`${id}-list`}
        onChange={({ currentTarget }) => take(currentTarget.value)}
        placeholder="7-guitar-orbit"
        spellCheck={false}
        type="text"
        value={text}
      />
      {isCode ? (
        <Suspense fallback={<output className={styles.progress}>Waiting for the server…</output>}>
          <TypedCode
            id={`${id}-words`}
            listId={`${id}-list`}
            onLink={open}
            onWrong={setCodeWrong}
            ref={code}
            text={text}
          />
        </Suspense>
      ) : (
        <output className={styles.problem} id={`${id}-words`}>
          {problem}
        </output>
      )}
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
            It was made at {new URL(elsewhere).host}. People there cannot be reached from here, unless both are the same
            server.
          </Notice>
        </div>
      )}
    </form>
  )
}

/** Back leads here again. */
function open(id: string): void {
  window.location.hash = id
}
