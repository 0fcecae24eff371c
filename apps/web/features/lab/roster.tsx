// Who is in the room: mark and name of each student, to be renamed or removed, and the door. Knows nothing of runs.
import { type LabHost, type LabSnapshot, type Light, type LobbyParticipant, lightOf } from '@swarmdrop/peer/lab'
import { type KeyboardEvent, useId, useState } from 'react'
import controls from '../ui/controls.module.css'
import { numberOfMark } from '../ui/people'
import { PersonMark } from '../ui/person-mark'
import { Switch } from '../ui/switch'
import { ReadyLight } from './ready-light'
import styles from './roster.module.css'
import { stagesOf } from './stages'

export function Roster({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { lobby, removed, isLocked } = snapshot
  const note = useId()
  const stages = stagesOf(snapshot)
  const students = lobby.filter(({ seat }) => seat !== undefined)
  return (
    <div className={styles.roster}>
      {students.length > 0 && (
        <ul aria-label="Students" className={styles.students}>
          {students.map((student) => (
            <Student host={host} key={student.id} light={lightOf(student, stages)} student={student} />
          ))}
        </ul>
      )}
      {removed.length > 0 && (
        <ul aria-label="Removed" className={styles.students}>
          {removed.map(({ id, name }) => (
            <li className={styles.student} key={id}>
              <span />
              <span className={styles.gone}>
                <bdi>{name}</bdi>, removed
              </span>
              <button className={controls.link} onClick={() => host.letBackIn(id)} type="button">
                Let back in
              </button>
            </li>
          ))}
        </ul>
      )}
      <Switch
        checked={isLocked}
        label="Lock the room"
        noteId={note}
        onChange={(locked) => host.setLocked(locked)}
        testId="lab-lock"
      >
        {removed.length > 0 && !isLocked
          ? 'Someone you removed could come back from another device under a new name. Lock the room to keep them out.'
          : 'Nobody new can join. Students who are already in can always come back.'}
      </Switch>
    </div>
  )
}

function Student({ host, student, light }: { host: LabHost; student: LobbyParticipant; light: Light }) {
  const { seat = 0, name, mark, present } = student
  return (
    <li className={styles.student} data-mark={mark} data-present={present}>
      <PersonMark number={numberOfMark(mark)} size="1.25rem" />
      <NameField key={name} name={name} onName={(next) => host.rename(seat, next)} />
      <button
        aria-label={`Remove ${name}`}
        className={controls.dangerLink}
        data-testid="lab-remove"
        onClick={() => host.remove(seat)}
        type="button"
      >
        Remove
      </button>
      <span className={styles.light}>
        <ReadyLight light={light} />
      </span>
    </li>
  )
}

/**
 * The name itself is the field: it is taken when it is left or Enter is pressed, and Escape brings the old one back.
 */
function NameField({ name, onName }: { name: string; onName: (name: string) => void }) {
  const [text, setText] = useState(name)
  const take = () => {
    if (text.trim() === '') return setText(name)
    if (text.trim() !== name) onName(text)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key === 'Escape') setText(name)
  }
  return (
    <input
      aria-label={`Name of ${name}: change it here`}
      autoComplete="off"
      className={styles.name}
      data-testid="lab-rename"
      dir="auto"
      maxLength={40}
      onBlur={take}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onKeyDown={onKeyDown}
      title="Click to rename"
      type="text"
      value={text}
    />
  )
}
