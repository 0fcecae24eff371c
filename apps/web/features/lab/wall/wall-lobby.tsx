// The wall before a run: where to go, the code, the QR code, and who is here, each with their mark. Knows nothing of
// runs.
import { type LabSnapshot, type Light, type LobbyParticipant, lightOf } from '@swarmdrop/peer/lab'
import controls from '../../ui/controls.module.css'
import { countOf } from '../../ui/format'
import { numberOfMark } from '../../ui/people'
import { PersonMark } from '../../ui/person-mark'
import { QrCode } from '../../ui/qr-code'
import { useNetworkLink } from '../../ui/use-network-link'
import { ReadyLight } from '../ready-light'
import { roomLink, spokenCode } from '../room-code'
import { stagesOf } from '../stages'
import styles from './wall-lobby.module.css'

/** With more people than this, names are set smaller. */
const CROWD = 45

export function WallLobby({ snapshot }: { snapshot: LabSnapshot }) {
  const { room, lobby, isLocked } = snapshot
  const stages = stagesOf(snapshot)
  const code = 'code' in room ? room.code : ''
  const trouble = troubleOf(room, isLocked)
  const { shown = '' } = useNetworkLink(roomLink(code))
  const students = lobby.filter(({ seat, present }) => seat !== undefined && present)
  const count = students.length
  const ready = students.filter((one) => lightOf(one, stages) === 'ready').length
  return (
    <div className={styles.lobby}>
      <div className={styles.join}>
        {trouble === undefined ? (
          <p className={styles.where}>
            Go to <b>{addressAsTyped(shown)}</b> and enter
          </p>
        ) : (
          <p className={styles.trouble}>{trouble}</p>
        )}
        <p className={`${styles.code} ${controls.figures}`} data-code={code} data-testid="lab-code">
          {code}
        </p>
        <div className={styles.qr}>
          {shown !== '' && <QrCode label={`QR code of the room ${spokenCode(code)}`} text={shown} />}
        </div>
      </div>
      <div className={styles.who}>
        <p className={styles.count} data-present={count} data-testid="lab-students">
          {count === 0 ? 'Waiting for students.' : `${countOf(count, 'student')} here, ${ready} ready`}
        </p>
        <ul className={styles.names} data-crowd={lobby.length > CROWD}>
          {lobby.map((participant) => (
            <Name key={participant.id} light={lightOf(participant, stages)} participant={participant} />
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Why nobody can come in now; undefined: everybody can. */
function troubleOf({ state }: LabSnapshot['room'], isLocked: boolean): string | undefined {
  if (state === 'lost') return 'The server cannot be reached. Trying again automatically.'
  if (state === 'replaced') return 'This room is open in another tab.'
  return isLocked ? 'The room is locked.' : undefined
}

function Name({ participant: { name, mark, present }, light }: { participant: LobbyParticipant; light: Light }) {
  return (
    <li className={styles.name} data-mark={mark} data-present={present}>
      <PersonMark number={numberOfMark(mark)} size="1.4em" />
      <span dir="auto">{name}</span>
      <ReadyLight hasWords={false} light={light} />
    </li>
  )
}

/** "192.168.1.5:3000/lab": what somebody has to type. */
function addressAsTyped(link: string): string {
  if (link === '') return ''
  const { host, pathname } = new URL(link)
  return `${host}${pathname}`
}
