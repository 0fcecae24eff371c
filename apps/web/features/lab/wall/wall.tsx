// What the class sees on the wall: lobby, countdown, swarm, podium, each filling the screen. Which one it is, is
// decided elsewhere.
import { type LabHost, type LabSnapshot, verdictOf } from '@swarmdrop/peer/lab'
import { useEffect, useMemo, useState } from 'react'
import controls from '../../ui/controls.module.css'
import { phaseInWords } from '../phase-words'
import { spokenCode } from '../room-code'
import { headline } from '../verdict-words'
import { useLastPodium } from './use-last-podium'
import styles from './wall.module.css'
import { WallCountdown } from './wall-countdown'
import { WallLobby } from './wall-lobby'
import { WallChunks, WallFigure, WallSwarm } from './wall-pictures'
import { WallPodium } from './wall-podium'
import { wallSaid } from './wall-said'
import { type Chosen, keyMeaning, SCREEN_NAMES, SCREENS, screenAt } from './wall-screens'

type WallProps = { host: LabHost; snapshot: LabSnapshot; onLeave: () => void }

export function Wall({ host, snapshot, onLeave }: WallProps) {
  const { phase, run, step, room, results, peerCount, fileName } = snapshot
  const podium = useLastPodium(snapshot)
  const isCountingDown = (run?.startsInSeconds ?? 0) > 0
  const moment = { phase, step: step?.at ?? 0, isCountingDown, hasPodium: podium !== undefined }
  const stretch = `${phase} ${moment.step} ${isCountingDown}`
  /** Holds until something else happens. */
  const [choice, setChoice] = useState<{ screen: Chosen; in: string }>()
  const chosen = choice?.in === stretch ? choice.screen : undefined
  const screen = screenAt(moment, chosen)
  const verdict = useMemo(() => verdictOf(results), [results])
  const isOwnFile = fileName !== undefined
  const said = useMemo(() => verdict && wallSaid(verdict, peerCount, isOwnFile), [verdict, peerCount, isOwnFile])
  const busy = phase === 'connecting' || phase === 'running'
  const choose = (next: Chosen) => setChoice({ screen: next, in: stretch })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input:not([type="range"]), select')
      const meaning = keyMeaning(event.key)
      if (meaning === undefined || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      if (meaning === 'leave') leave(onLeave)
      else if (meaning === 'full-screen') toggleFullScreen()
      else setChoice({ screen: meaning.show, in: stretch })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onLeave, stretch])

  return (
    <section aria-label="Projector view" className={styles.wall} data-screen={screen} data-testid="lab-wall">
      <header className={styles.top}>
        <h1 className={styles.title}>{phase === 'done' && verdict ? headline(verdict) : 'Watch a file spread'}</h1>
        {screen !== 'lobby' && 'code' in room && (
          <p className={`${styles.smallCode} ${controls.figures}`}>{spokenCode(room.code)}</p>
        )}
      </header>
      <div className={styles.screen}>
        {screen === 'lobby' && <WallLobby snapshot={snapshot} />}
        {screen === 'countdown' && <WallCountdown run={run} />}
        {screen === 'swarm' && <WallSwarm run={run} />}
        {screen === 'chunks' && <WallChunks run={run} />}
        {screen === 'figure' && <WallFigure snapshot={snapshot} />}
        {screen === 'podium' && <WallPodium podium={podium} said={phase === 'done' ? said : undefined} />}
      </div>
      <footer className={styles.bar}>
        <p
          aria-live="polite"
          className={`${styles.phase} ${controls.figures}`}
          data-phase={phase}
          data-testid="lab-phase"
        >
          {wallPhase(snapshot)}
        </p>
        <div className={styles.keys}>
          {SCREENS.map((one, index) => (
            <button
              aria-pressed={screen === one}
              className={styles.key}
              data-testid={`wall-${one}`}
              key={one}
              onClick={() => choose(one)}
              type="button"
            >
              <kbd>{index + 1}</kbd> {SCREEN_NAMES[one]}
            </button>
          ))}
          <button className={styles.key} onClick={toggleFullScreen} type="button">
            <kbd>F</kbd> Full screen
          </button>
          <button className={styles.key} onClick={() => leave(onLeave)} type="button">
            <kbd>Esc</kbd> Leave
          </button>
          {busy ? (
            <button className={styles.key} data-testid="lab-cancel" onClick={() => host.cancel()} type="button">
              Cancel
            </button>
          ) : (
            <button
              className={`${styles.key} ${styles.start}`}
              data-testid="lab-start"
              disabled={peerCount === 0}
              onClick={() => void host.run({ countdown: true })}
              type="button"
            >
              Start
            </button>
          )}
        </div>
      </footer>
    </section>
  )
}

/** Nobody of a class adds peers. */
function wallPhase(snapshot: LabSnapshot): string | undefined {
  if (snapshot.phase === 'failed') return snapshot.problem
  const isWaiting = snapshot.phase === 'setup' && snapshot.peerCount === 0
  return isWaiting ? 'The run starts when the class is here.' : phaseInWords(snapshot)
}

function leave(onLeave: () => void): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  onLeave()
}

/** Where a browser refuses, the window stays as it is. */
function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else document.documentElement.requestFullscreen?.().catch(() => {})
}
