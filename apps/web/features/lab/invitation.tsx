// How students come in: code, link and QR code, large enough for the last row, and how many are here. Knows nothing of
// runs.
import type { Participant } from '@swarmdrop/core/signaling'
import type { Room } from '@swarmdrop/peer/lab'
import { type ReactNode, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { copyFrom } from '../ui/copy'
import { countOf } from '../ui/format'
import { NetworkSwitch } from '../ui/network-switch'
import { QrCode } from '../ui/qr-code'
import { useNetworkLink } from '../ui/use-network-link'
import { roomLink, spokenCode } from './room-code'
import styles from './teacher.module.css'

type InvitationProps = { room: Room; students: readonly Participant[]; children: ReactNode }

export function Invitation({ room, students, children }: InvitationProps) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const isThere = room.state === 'open' || room.state === 'lost'
  const network = useNetworkLink(roomLink(isThere ? room.code : ''))
  if (!isThere) return null
  const { shown = '' } = network
  const present = students.filter((student) => student.present)
  return (
    <section aria-label="The room" className={styles.invitation}>
      <div>
        <p className={controls.quiet}>The room’s code</p>
        <p className={`${styles.code} ${controls.figures}`} data-code={room.code} data-testid="lab-code">
          {room.code}
        </p>
      </div>
      <div className={styles.qr}>
        {shown !== '' && <QrCode label={`QR code of the room ${spokenCode(room.code)}`} text={shown} />}
      </div>
      <div className={styles.joinLine}>
        <input
          aria-label="Link for students"
          className={`${controls.field} ${styles.link}`}
          data-testid="lab-link"
          readOnly
          ref={field}
          type="text"
          value={shown}
        />
        <button
          className={controls.plain}
          onClick={async () => setCopied(field.current !== null && (await copyFrom(field.current)))}
          type="button"
        >
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {room.state === 'lost' && (
        <p className={styles.wrong}>The connection to the room is lost. Trying again; a current run is not affected.</p>
      )}
      <NetworkSwitch link={network} />
      <p data-present={present.length} data-testid="lab-students">
        {present.length === 0
          ? 'No students yet.'
          : `${countOf(present.length, 'student')}: ${present.map(({ name }) => name).join(', ')}`}
      </p>
      {children}
    </section>
  )
}
