// What a sender sees while the link is live: the light, the link, who fetches, what is shared, the way to stop.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { kindOf, type SendingTransfer, type Shared } from '../../session'
import { pathOf } from '../../session/base-path'
import { retryUntilDone } from '../../session/retry-until-done'
import { HowItWent } from '../distribution/how-it-went'
import { Announce } from '../ui/announce'
import { Confirm } from '../ui/confirm'
import { ConnectionNote } from '../ui/connection-note'
import controls from '../ui/controls.module.css'
import { DeviceName } from '../ui/device-name'
import { FileList, isLoneFile } from '../ui/file-list'
import { countFiles, countPeople, formatBytes } from '../ui/format'
import { Limits } from '../ui/limits'
import { Notice } from '../ui/notice'
import { Options } from '../ui/options'
import { percentOfPerson } from '../ui/people'
import { RelaySwitch } from '../ui/relay-switch'
import { ToldWhenDone } from '../ui/told-when-done'
import { type Leaving, useLeaveWarning } from '../ui/use-leave-warning'
import { useStore } from '../ui/use-store'
import { type TabProgress, useTabProgress } from '../ui/use-tab-progress'
import { movesData, useWakeLock } from '../ui/use-wake-lock'
import { ChooseAgain } from './choose-again'
import { Chooser } from './chooser'
import { LeftOutNotice, MayLack } from './left-out'
import type { OnPicked } from './open-dialog'
import { type Safety, safetyOf } from './safety'
import { SafetyLight } from './safety-light'
import type { OnShareAgain } from './share-again'
import { ShareCode } from './share-code'
import { ShareLink } from './share-link'
import styles from './sharing-view.module.css'

const SENDING = ['upload'] as const

/** Nobody who only wants the link waits for what comes with the first person. */
const Swarm = lazy(async () => ({ default: (await retryUntilDone(() => import('./swarm'))).Swarm }))
const PasswordSetting = lazy(async () => ({
  default: (await retryUntilDone(() => import('./password-setting'))).PasswordSetting,
}))
const Receivers = lazy(async () => ({ default: (await retryUntilDone(() => import('./receivers'))).Receivers }))

type SharingViewProps = {
  session: SendingTransfer
  shared: Shared
  onPicked: OnPicked
  onShareAgain: OnShareAgain
  onStop: () => void
}

export function SharingView({ session, shared, onPicked, onShareAgain, onStop }: SharingViewProps) {
  const snapshot = useStore(session)
  const safety = safetyOf(snapshot)
  const needed = !safety.safe && safety.fetching > 0
  const [asking, setAsking] = useState(false)
  const failed = snapshot.phase === 'failed'
  const leaving = useMemo(() => leavingOf(idOf(snapshot.link)), [snapshot.link])
  // Until others have all of it between them, the link works by this tab alone, whether somebody is there just now or
  // not.
  useLeaveWarning(!failed && !safety.safe, leaving)
  useWakeLock(movesData(snapshot))
  useTabProgress(sendingProgress(safety, snapshot.name))

  const hadPeople = useRef(false)
  hadPeople.current ||= snapshot.neighbours.length > 0

  if (failed) return <SharingEnded onShareAgain={onShareAgain} snapshot={snapshot} />
  const { name, files, neighbours, distribution } = snapshot
  return (
    <div className={styles.page}>
      <div className={styles.first}>
        <div className={styles.head}>
          <h1>Send this link</h1>
          <What snapshot={snapshot} />
        </div>

        <LeftOutNotice {...shared} />
        {shared.isOtherLink && (
          <Notice title="This is a new link" tone="wait">
            It has changed since you last shared it. The old link no longer works: send this one.
          </Notice>
        )}
        {shared.wasProtected && snapshot.password === undefined && (
          <Notice title="This link has no password" tone="wait">
            The old link had one. Set a password for this one below, under Options, before you send it.
          </Notice>
        )}
        {snapshot.problem !== undefined && (
          <Notice title="Waiting for your files" tone="wait">
            {snapshot.problem}
          </Notice>
        )}
        <ShareLink
          link={snapshot.link}
          name={name}
          people={
            <>
              <ConnectionNote snapshot={snapshot} />
              {hadPeople.current && (
                <Suspense fallback={<div className={styles.swarmPlace} />}>
                  <Swarm snapshot={snapshot} />
                </Suspense>
              )}
            </>
          }
        >
          {snapshot.password !== undefined && <p className={styles.protected}>It opens only with the password.</p>}
          <ShareCode session={session} />
          <SafetyLight hasPeople={neighbours.length > 0} safety={safety} tracker={snapshot.tracker} />
        </ShareLink>
        <HowItWent hidden={distribution.phase === 'waiting' && snapshot.uploadedBytes === 0} snapshot={snapshot}>
          <Suspense fallback={<p className={controls.quiet}>Loading…</p>}>
            <Receivers snapshot={snapshot} />
          </Suspense>
        </HowItWent>
      </div>

      {!isLoneFile(snapshot) && <FileList files={files} />}
      {shared.silent && <MayLack />}
      <Options>
        <Limits of={SENDING} session={session} />
        <Suspense fallback={null}>
          <PasswordSetting isSet={snapshot.password !== undefined} session={session} />
        </Suspense>
        <RelaySwitch relay={snapshot.relay} session={session} />
        <DeviceName />
        <ToldWhenDone
          body={`Others have all of ${name}.`}
          done={safety.safe}
          label="Tell me when I can close this tab"
          title="You can close the tab"
        />
      </Options>
      <div className={styles.end}>
        <Chooser kind="file" label="Add more" onPicked={onPicked} testId="add-more" />
        <button className={controls.dangerLink} onClick={() => (needed ? setAsking(true) : onStop())} type="button">
          Stop sharing
        </button>
        <span className={styles.hint}>To add something, or share something else, drop it anywhere here.</span>
      </div>
      {asking && (
        <Confirm
          detail="They cannot finish without this tab, because some parts are only here."
          no="Keep sharing"
          onAnswer={(agreed) => (agreed ? onStop() : setAsking(false))}
          question="People are still downloading it. Stop anyway?"
          yes="Stop sharing"
        />
      )}
      <Announce percent={leastPercent(snapshot)} say={(step) => spoken(neighbours.length, step)} />
    </div>
  )
}

function sendingProgress({ safe, fetching }: Safety, name: string): TabProgress {
  const title = fetching > 0 ? `${countPeople(fetching)} here: ${name}` : safe ? `Done: ${name}` : undefined
  return { title, badge: safe ? 'done' : fetching > 0 ? fetching : undefined, moves: false }
}

const leastPercent = ({ neighbours }: TransferSnapshot) =>
  neighbours.length === 0 ? 0 : Math.min(...neighbours.map((person) => percentOfPerson(person)))

function spoken(count: number, step: number): string {
  if (count === 0) return ''
  return count === 1 ? `One person has ${step} %` : `${count} people have at least ${step} % each`
}

const idOf = (link: string) => link.slice(link.indexOf('#') + 1)

const leavingOf = (ownId: string): Leaving => ({
  question: 'Stop sharing and open the other link?',
  detail: 'What you share here can be downloaded only as long as this tab is open.',
  no: 'Keep sharing',
  yes: 'Stop sharing',
  ownId,
})

type SharingEndedProps = { snapshot: TransferSnapshot; onShareAgain: OnShareAgain }

/** The link promises bytes that are no longer there: nothing of it is worth showing any more. */
function SharingEnded({ snapshot, onShareAgain }: SharingEndedProps) {
  const { link, name, files } = snapshot
  const kind = kindOf(name, files)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Sharing has stopped</h1>
        <What snapshot={snapshot} />
      </div>
      <Notice
        title="This link no longer works"
        tone="bad"
        way={
          <>
            <ChooseAgain
              inputTestId={`${kind}-input`}
              isPrimary
              kind={kind}
              name={name}
              onPicked={(picked) => onShareAgain(picked, idOf(link))}
            />
            <a href={pathOf('/')}>Share something else</a>
          </>
        }
      >
        {snapshot.problem}
      </Notice>
    </div>
  )
}

function What({ snapshot: { name, files, bytes } }: { snapshot: TransferSnapshot }) {
  return (
    <p className={styles.what}>
      <bdi className={styles.name}>{name}</bdi>
      <span className={`${styles.size} ${controls.figures}`}>
        {[countFiles(files, name), formatBytes(bytes)].filter((fact) => fact !== undefined).join(', ')}
      </span>
    </p>
  )
}
