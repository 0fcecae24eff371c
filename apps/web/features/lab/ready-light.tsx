// Whether somebody can begin, as a light: told by its shape as well, and in words. Decides nothing.
import type { Light } from '@swarmdrop/peer/lab'
import styles from './ready-light.module.css'

const LIGHT_WORDS: Record<Light, string> = {
  ready: 'ready',
  connecting: 'connecting…',
  hidden: 'page in the background',
  away: 'away',
  'cut-off': 'reaches nobody',
  slow: 'only through the server',
}

export function ReadyLight({ light, hasWords = true }: { light: Light; hasWords?: boolean }) {
  return (
    <span className={styles.light} data-light={light} title={LIGHT_WORDS[light]}>
      <svg aria-hidden="true" height="0.8em" viewBox="0 0 12 12" width="0.8em">
        <circle className={styles.ring} cx="6" cy="6" r="4.75" />
        {light === 'ready' && <circle className={styles.full} cx="6" cy="6" r="5.5" />}
        {light === 'hidden' && <path className={styles.full} d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" />}
        {light === 'slow' && <path className={styles.full} d="M6 1.25a4.75 4.75 0 0 0 0 9.5z" />}
        {light === 'cut-off' && <path className={styles.cross} d="M3.5 3.5l5 5m0-5l-5 5" />}
        {light === 'connecting' && <circle className={styles.full} cx="6" cy="6" r="2.5" />}
      </svg>
      {hasWords && <span>{LIGHT_WORDS[light]}</span>}
    </span>
  )
}
