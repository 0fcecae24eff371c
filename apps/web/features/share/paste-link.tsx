// For somebody who was sent a link and has come here without it: a field that opens it, and so does pasting anywhere.
import { useId, useState } from 'react'
import { linkInText } from '../../session'
import controls from '../ui/controls.module.css'
import { Notice } from '../ui/notice'
import styles from './paste-link.module.css'
import { isMeantAsLink, usePastedText } from './use-pasted-text'

export function PasteLink() {
  const [text, setText] = useState('')
  const id = useId()
  const found = text.trim() === '' ? undefined : linkInText(text, window.location.host)
  const problem = found && 'problem' in found ? found.problem : undefined
  const elsewhere = found && 'elsewhere' in found ? found.elsewhere : undefined

  const take = (pasted: string) => {
    setText(pasted)
    const link = linkInText(pasted, window.location.host)
    if ('id' in link && link.elsewhere === undefined) open(link.id)
  }
  usePastedText((pasted) => {
    if (isMeantAsLink(pasted)) take(pasted)
  })

  return (
    <div className={styles.paste}>
      <label className={controls.quiet} htmlFor={id}>
        Were you sent a link? Paste it here
      </label>
      <input
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        aria-invalid={problem !== undefined}
        autoComplete="off"
        className={`${controls.field} ${styles.field}`}
        data-testid="paste-link"
        id={id}
        inputMode="url"
        onChange={({ currentTarget }) => take(currentTarget.value)}
        spellCheck={false}
        type="text"
        value={text}
      />
      <output className={styles.problem} id={`${id}-problem`}>
        {problem}
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
    </div>
  )
}

/** Back leads here again. */
function open(id: string): void {
  window.location.hash = id
}
