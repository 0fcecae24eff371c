// Settings to start from, a button each: the same four as on the theory page. Knows none of them.
import type { LabHost, LabSettings, LabSnapshot } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import { PRESETS } from '../experiment/presets'
import controls from '../ui/controls.module.css'
import styles from './fields.module.css'
import { takeExample } from './set-for-real'
import { isSet } from './verdict-words'

export function Examples({ host, snapshot, busy }: { host: LabHost; snapshot: LabSnapshot; busy: boolean }) {
  const [taken, setTaken] = useState<{ name: string; set: Partial<LabSettings>; said: string }>()
  const isTaken = taken !== undefined && isSet(taken.set, snapshot.settings)
  return (
    <fieldset className={styles.examples} disabled={busy}>
      <legend>Examples</legend>
      {PRESETS.map((preset) => (
        <button
          aria-pressed={isTaken && taken.name === preset.name}
          className={`${controls.plain} ${styles.example}`}
          data-testid="lab-example"
          key={preset.name}
          onClick={() => setTaken({ name: preset.name, ...takeExample(host, preset) })}
          title={preset.means}
          type="button"
        >
          {preset.name}
        </button>
      ))}
      {isTaken && <output className={`${styles.hint} ${styles.said}`}>{taken.said}</output>}
    </fieldset>
  )
}
