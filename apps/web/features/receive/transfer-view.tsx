// The receiver's page from looking for people to helping others. Each part is drawn elsewhere.

import type { TransferSnapshot } from '@swarmdrop/peer'
import { lazy, Suspense, useEffect, useState } from 'react'
import { expectSaving, type ReceivingTransfer } from '../../session'
import { retryUntilDone } from '../../session/retry-until-done'
import { HowItWent } from '../distribution/how-it-went'
import { aloneSeconds, paceLine } from '../distribution/pace-words'
import { Announce } from '../ui/announce'
import controls from '../ui/controls.module.css'
import { DeviceName } from '../ui/device-name'
import { FileList, isLoneFile } from '../ui/file-list'
import { percentOf } from '../ui/format'
import { Limits } from '../ui/limits'
import { Notice } from '../ui/notice'
import { Options } from '../ui/options'
import { RelaySwitch } from '../ui/relay-switch'
import { ToldWhenDone } from '../ui/told-when-done'
import { TrackerOfflineNotice } from '../ui/tracker-offline-notice'
import { useInstalled } from '../ui/use-installed'
import { type Leaving, useLeaveWarning } from '../ui/use-leave-warning'
import { useStore } from '../ui/use-store'
import { useTabProgress } from '../ui/use-tab-progress'
import { movesData, useWakeLock } from '../ui/use-wake-lock'
import { ChooseFiles } from './choose-files'
import { Failed } from './failed'
import { KeptLine } from './kept-line'
import { Offer } from './offer'
import { asksPassword } from './password-words'
import { Preview } from './preview'
import { Progress } from './progress'
import { ReceiveOnly } from './receive-only'
import { Searching } from './searching'
import { Title } from './title'
import styles from './transfer.module.css'

const BOTH_WAYS = ['download', 'upload'] as const

/** Nobody who only wants a file waits for it. */
const Analysis = lazy(async () => ({ default: (await retryUntilDone(() => import('./analysis'))).Analysis }))

const AskPassword = lazy(async () => ({ default: (await retryUntilDone(() => import('./ask-password'))).AskPassword }))

const LEAVING: Leaving = {
  question: 'Leave this download and open the other link?',
  detail: 'What has arrived is kept in this tab only, and would be lost.',
  no: 'Stay here',
  yes: 'Leave it',
}

export function TransferView({ session, onRetry }: { session: ReceivingTransfer; onRetry: () => void }) {
  const snapshot = useStore(session)
  const { phase, chunksHeld, chunksChosen, name, files, keeping, saved } = snapshot
  const known = phase !== 'connecting' && phase !== 'metadata' && name !== ''
  const complete = phase === 'complete'
  const percent = complete ? 100 : chunksChosen === 0 ? 0 : percentOf(chunksHeld, chunksChosen)
  const [saveProblem, setSaveProblem] = useState<string>()
  // What the transfer says by itself is not said twice.
  const onSaved = (problem?: string) => setSaveProblem(session.inspect().fault === undefined ? problem : undefined)
  // What is kept is not lost with the tab. What was handed to the browser may not have arrived, and comes from this
  // tab.
  useLeaveWarning(phase !== 'failed' && chunksHeld > 0 && saved !== 'saved' && keeping !== 'kept', LEAVING)
  useEffect(() => {
    // What is no longer here has not failed to be saved.
    if (!complete) setSaveProblem(undefined)
  }, [complete])
  const isUnderWay = chunksHeld > 0
  useEffect(() => {
    if (isUnderWay) expectSaving(files)
  }, [isUnderWay, files])
  useWakeLock(movesData(snapshot))
  useInstalled(complete, false)
  useTabProgress({
    title: known ? `${complete ? 'Done' : `${percent} %`}: ${name}` : undefined,
    badge: complete ? 'done' : phase === 'downloading' ? percent : undefined,
    moves: phase === 'downloading',
  })

  const isOpen = known && phase !== 'failed'
  const hasBegun = phase === 'downloading' || phase === 'paused' || complete
  const asking = useAsking(snapshot)
  const keptLine = isOpen && <KeptLine session={session} snapshot={snapshot} />

  return (
    <div className={styles.page} data-phase={phase} data-testid="transfer">
      <div className={styles.first}>
        <Title known={known} snapshot={snapshot} />
        {phase === 'failed' && <Failed known={known} onRetry={onRetry} session={session} snapshot={snapshot} />}
        {asking !== undefined && phase !== 'failed' && (
          <Suspense fallback={isOpen ? null : <Searching snapshot={snapshot} />}>
            <AskPassword session={session} verdict={asking} />
          </Suspense>
        )}
        {!isOpen && phase !== 'failed' && asking === undefined && <Searching snapshot={snapshot} />}
        {isOpen && phase === 'ready' && <Offer session={session} snapshot={snapshot} />}
        {isOpen && phase !== 'ready' && (
          <Progress onSaved={onSaved} percent={percent} session={session} snapshot={snapshot} />
        )}
        {isOpen && saveProblem !== undefined && (
          <Notice title="It could not be saved" tone="bad">
            {saveProblem}
          </Notice>
        )}
        {isAtRisk(snapshot) && keptLine}
        {isOpen && <Preview session={session} snapshot={snapshot} />}
        {isOpen && files.length > 1 && <ChooseFiles onSaved={onSaved} session={session} snapshot={snapshot} />}
        {isOpen && files.length === 1 && !isLoneFile(snapshot) && <FileList files={files} />}
        {isOpen && (
          <div className={styles.how}>
            {phase === 'downloading' && (
              <p className={controls.figures}>{paceLine(snapshot.secondsLeft, aloneSeconds(snapshot))}</p>
            )}
            <HowItWent hidden={!hasBegun} snapshot={snapshot}>
              <Suspense fallback={<p className={controls.quiet}>Loading…</p>}>
                <Analysis session={session} snapshot={snapshot} />
              </Suspense>
            </HowItWent>
          </div>
        )}
      </div>
      {(isOpen || snapshot.relay !== undefined) && phase !== 'failed' && (
        <Options>
          {isOpen && <Limits of={BOTH_WAYS} session={session} />}
          {isOpen && <ReceiveOnly session={session} snapshot={snapshot} />}
          <RelaySwitch relay={snapshot.relay} session={session} />
          {isOpen && <DeviceName />}
          {isUnderWay && (
            <ToldWhenDone
              body={name}
              done={complete}
              label="Tell me when it is here"
              title="Your download is complete"
            />
          )}
          {!isAtRisk(snapshot) && keptLine}
        </Options>
      )}
      <Announce percent={percent} say={(step) => (known ? spoken(snapshot, step) : '')} />
      {known && <TrackerOfflineNotice tracker={snapshot.tracker} />}
    </div>
  )
}

/** What is asked of the person; it stays while a password is tried, and until somebody is met. */
function useAsking(snapshot: TransferSnapshot): TransferSnapshot['password'] {
  const { password, neighbours, phase } = snapshot
  const [isAsking, setAsking] = useState(false)
  const asks = asksPassword(snapshot)
  const isOver = password === undefined || neighbours.length > 0 || phase === 'complete'
  if (asks && !isAsking) setAsking(true)
  if (isOver && isAsking) setAsking(false)
  return asks || (isAsking && !isOver) ? password : undefined
}

/** What arrives goes with the tab: to be said where it is seen. */
const isAtRisk = ({ keeping, notKept }: TransferSnapshot) =>
  notKept !== undefined || (keeping !== undefined && keeping !== 'kept')

function spoken({ phase, filesChosen, files }: TransferSnapshot, step: number): string {
  if (phase === 'complete' && filesChosen < files.length) return 'Everything you chose is here. You can save it.'
  if (phase === 'complete') return 'Everything is here. You can save it.'
  return phase === 'downloading' ? `${step} % downloaded` : ''
}
