// Settings to start from, a button each. Knows none of them.
import { PRESETS } from '../experiment/presets'
import type { TheoryState } from '../experiment/theory-state'
import { writeQuery } from '../experiment/url-state'
import controls from '../ui/controls.module.css'
import styles from './theory.module.css'

type PresetsProps = { state: TheoryState; onChange: (change: Partial<TheoryState>) => void }

export function Presets({ state, onChange }: PresetsProps) {
  const now = writeQuery(state)
  return (
    <section aria-label="Examples" className={styles.presets}>
      {PRESETS.map(({ name, means, state: preset }) => (
        <button
          aria-pressed={writeQuery(preset) === now}
          className={`${controls.plain} ${styles.preset}`}
          data-testid="theory-preset"
          key={name}
          onClick={() => onChange(preset)}
          title={means}
          type="button"
        >
          {name}
        </button>
      ))}
    </section>
  )
}
