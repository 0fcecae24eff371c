'use client'
// The controls of a replay: play, pause, where it is, how fast. Knows nothing of what is played.
import controls from '../ui/controls.module.css'
import { clockWords } from './clock'
import styles from './replay.module.css'
import { LENGTHS, type Player } from './use-player'

const STEPS = 1_000

type PlayerControlsProps = {
  player: Player
  endSeconds: number
  /** What the parts' test ids begin with. */
  page: 'theory' | 'lab'
}

export function PlayerControls({ player, endSeconds, page }: PlayerControlsProps) {
  const { atSeconds, playing, length, toggle, seek, setLength } = player
  const step = endSeconds / STEPS
  const at = clockWords(atSeconds, endSeconds)
  return (
    <div className={styles.player}>
      <button
        className={`${controls.plain} ${styles.play}`}
        data-testid={`${page}-play`}
        onClick={toggle}
        type="button"
      >
        {playing ? 'Pause' : 'Play'}
      </button>
      <input
        aria-label="Time in the run"
        aria-valuetext={at}
        className={styles.scrub}
        data-testid={`${page}-scrub`}
        max={STEPS}
        min={0}
        onChange={(event) => seek(event.currentTarget.valueAsNumber * step)}
        type="range"
        value={step === 0 ? 0 : Math.round(atSeconds / step)}
      />
      <span className={`${styles.at} ${controls.figures}`}>{at}</span>
      <select
        aria-label="Speed"
        className={controls.field}
        data-testid={`${page}-speed`}
        onChange={(event) => setLength(Number(event.currentTarget.value))}
        value={length}
      >
        {LENGTHS.map((seconds) => (
          <option key={seconds} value={seconds}>
            All in {seconds} s
          </option>
        ))}
      </select>
    </div>
  )
}
