// What a teacher sees first: one sentence, one button; beneath it the ways into a room. Knows nothing of what follows.
import { MAX_NAME_CHARACTERS } from '@swarmdrop/core/signaling'
import type { LabHost } from '@swarmdrop/peer/lab'
import { type FormEvent, useState } from 'react'
import { labParticipant } from '../../session/lab'
import controls from '../ui/controls.module.css'
import { roomCodeIn } from './room-code'
import styles from './teacher.module.css'

const FIRST_PEERS = 8

export function FirstMinute({ host, opening }: { host: LabHost; opening: boolean }) {
  const tryIt = () => {
    host.addPeers(FIRST_PEERS - host.getSnapshot().pagePeers)
    void host.run()
  }
  return (
    <section className={styles.first}>
      <h1>Watch a file spread</h1>
      <p className={styles.lede}>
        One tab has a file, and eight want it. First they swap it among themselves, then all download it from the first
        tab. Real connections and real bytes, compared with theory.
      </p>
      <button className={`${controls.primary} ${styles.try}`} disabled={opening} onClick={tryIt} type="button">
        Try it now with 8 peers on this page
      </button>
      <div className={styles.ways}>
        <div className={styles.way}>
          <h2>With a class</h2>
          <p>Open a room; students join from their own devices with a code.</p>
          <button
            className={controls.plain}
            data-testid="lab-create"
            disabled={opening}
            onClick={() => void host.openRoom()}
            type="button"
          >
            Open a room
          </button>
        </div>
        <JoinByCode />
      </div>
    </section>
  )
}

function JoinByCode() {
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState(false)
  const join = (event: FormEvent) => {
    event.preventDefault()
    const code = roomCodeIn(text)
    setWrong(code === undefined)
    if (code === undefined) return
    // Without a name yet, the room asks for it.
    if (name.trim() !== '') labParticipant(code, name.trim())
    window.location.hash = code
  }
  return (
    <form className={styles.way} onSubmit={join}>
      <h2>As a student</h2>
      <label htmlFor="lab-code-field">The code on the wall: six letters and digits</label>
      <input
        aria-invalid={wrong}
        autoCapitalize="characters"
        autoComplete="off"
        className={`${controls.field} ${styles.codeField}`}
        data-testid="lab-join-code"
        id="lab-code-field"
        maxLength={12}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        placeholder="ABC 234"
        spellCheck={false}
        type="text"
        value={text}
      />
      {wrong && <output className={styles.wrong}>A code has six characters, and never 0, O, 1, I or L.</output>}
      <label htmlFor="lab-name-field">Your name, as the class will see it</label>
      <span className={styles.joinLine}>
        <input
          autoComplete="nickname"
          className={`${controls.field} ${styles.nameField}`}
          data-testid="lab-name"
          id="lab-name-field"
          maxLength={MAX_NAME_CHARACTERS}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          type="text"
          value={name}
        />
        <button className={controls.plain} data-testid="lab-join" type="submit">
          Join
        </button>
      </span>
    </form>
  )
}
