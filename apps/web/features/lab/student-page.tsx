// A student's page: a name first, then their own part of the swarm. Knows nothing of the room's workings.
import { MAX_NAME_CHARACTERS } from '@swarmdrop/core/signaling'
import { type FormEvent, useState } from 'react'
import { knownParticipant, labParticipant } from '../../session/lab'
import controls from '../ui/controls.module.css'
import { spokenCode } from './room-code'
import styles from './student.module.css'
import { StudentView } from './student-view'

export function StudentPage({ code }: { code: string }) {
  const [student, setStudent] = useState(() => knownParticipant(code))
  if (student) return <StudentView code={code} student={student} />
  return <NameForm code={code} onName={(name) => setStudent(labParticipant(code, name))} />
}

function NameForm({ code, onName }: { code: string; onName: (name: string) => void }) {
  const [name, setName] = useState('')
  const join = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = name.trim()
    if (trimmed !== '') onName(trimmed)
  }
  return (
    <form className={styles.name} onSubmit={join}>
      <h1>Join room {spokenCode(code)}</h1>
      <p className={styles.lede}>
        You will be one peer in a swarm: your tab downloads the class’s file and passes on the chunks it has.
      </p>
      <label htmlFor="lab-name">Your name, as the class will see it</label>
      <span className={styles.line}>
        <input
          autoComplete="nickname"
          className={`${controls.field} ${styles.field}`}
          data-testid="lab-name"
          id="lab-name"
          maxLength={MAX_NAME_CHARACTERS}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          type="text"
          value={name}
        />
        <button className={controls.primary} data-testid="lab-join" disabled={name.trim() === ''} type="submit">
          Join
        </button>
      </span>
    </form>
  )
}
