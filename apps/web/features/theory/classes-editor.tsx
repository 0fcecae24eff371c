// Peers that are not alike, class by class. Knows nothing of what they mean to a swarm.
import { useState } from 'react'
import { QUANTITIES } from '../experiment/quantities'
import { MOST_CLASSES, MOST_PEERS, type PeerClass, peerCount } from '../experiment/theory-state'
import controls from '../ui/controls.module.css'
import { countOf } from '../ui/format'
import { NumberField } from '../ui/number-field'
import styles from './settings.module.css'

type ClassesEditorProps = { classes: PeerClass[]; onChange: (classes: PeerClass[]) => void }

export function ClassesEditor({ classes, onChange }: ClassesEditorProps) {
  // A row keeps its fields when another goes.
  const [keys, setKeys] = useState(() => classes.map((_, i) => i))
  const total = peerCount({ classes })
  const set = (i: number, change: Partial<PeerClass>) =>
    onChange(classes.map((one, at) => (at === i ? { ...one, ...change } : one)))
  return (
    <div className={styles.kinds}>
      <div aria-hidden="true" className={`${styles.kind} ${styles.head}`}>
        <span>Peers</span>
        <span>Up, kB/s</span>
        <span>Down, kB/s</span>
      </div>
      {classes.map((one, i) => (
        <fieldset className={styles.kind} key={keys[i] ?? i}>
          <legend className={controls.unseen}>Kind {i + 1}</legend>
          <NumberField
            label={`Kind ${i + 1}: number of peers`}
            least={1}
            most={MOST_PEERS - total + one.count}
            onValue={(count) => set(i, { count })}
            shown={null}
            value={one.count}
          />
          <NumberField
            {...QUANTITIES.upload}
            label={`Kind ${i + 1}: upload in kB/s`}
            onValue={(up) => set(i, { up })}
            shown={null}
            value={one.up}
          />
          <NumberField
            {...QUANTITIES.download}
            label={`Kind ${i + 1}: download in kB/s, empty for no limit`}
            onValue={(down) => set(i, { down })}
            placeholder="no limit"
            shown={null}
            value={one.down}
          />
          <button
            aria-label={`Remove kind ${i + 1}`}
            className={controls.plain}
            onClick={() => {
              setKeys(keys.filter((_, at) => at !== i))
              onChange(classes.filter((_, at) => at !== i))
            }}
            type="button"
          >
            ×
          </button>
        </fieldset>
      ))}
      <p className={styles.ways}>
        <span className={controls.figures}>N = {countOf(total, 'peer')}</span>
        <button
          className={controls.plain}
          disabled={classes.length >= MOST_CLASSES || total >= MOST_PEERS}
          onClick={() => {
            const last = classes.at(-1)
            if (!last) return
            setKeys([...keys, Math.max(...keys) + 1])
            onChange([...classes, { ...last, count: Math.min(5, MOST_PEERS - total) }])
          }}
          type="button"
        >
          Add a kind of peer
        </button>
      </p>
    </div>
  )
}
