// Kinds of peers that differ from the rest: slower, free riding, coming late, leaving and coming back. Knows nothing of runs.
import type { LabHost, LabSettings, SpecialKind } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
import styles from './fields.module.css'
import { NumberField } from './number-field'
import { Choice } from './policy-fields'

const BEHAVIOURS = {
  normal: 'take part',
  'free-rider': 'upload nothing',
  'leave-when-complete': 'leave when complete',
  'claims-all': 'claim all, send nothing',
  'sends-bad-chunks': 'send bad chunks',
} as const

const MOST_SECONDS = 86_400

export function SpecialPeers({ host, settings, busy }: { host: LabHost; settings: LabSettings; busy: boolean }) {
  const { specials, everybody } = settings
  const change = (place: number, kind: Partial<SpecialKind>) =>
    host.change({ specials: specials.map((special, i) => (i === place ? tidy({ ...special, ...kind }) : special)) })
  return (
    <fieldset className={styles.group} disabled={busy}>
      <p className={styles.hint}>
        Some peers may differ from the rest: slower, free riding, late, or leaving. All others are as set above.
      </p>
      {specials.map((special, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a kind has no name but its place
        <div className={styles.special} key={place}>
          <NumberField
            label="Peers of this kind"
            least={1}
            most={100}
            onValue={(count) => count !== undefined && change(place, { count })}
            value={special.count}
            whole
          />
          <Choice
            label="They"
            onChoose={(behaviour) => change(place, { behaviour: behaviour === 'normal' ? undefined : behaviour })}
            options={BEHAVIOURS}
            value={special.behaviour ?? 'normal'}
          />
          <NumberField
            label="Upload"
            least={0}
            most={1e6}
            onValue={(rate) => rate !== undefined && change(place, { uploadBytesPerSecond: rate * 1000 })}
            unit="kB/s"
            value={special.uploadBytesPerSecond / 1000}
          />
          <NumberField
            label="Download"
            least={1}
            most={1e6}
            onValue={(rate) => rate !== undefined && change(place, { downloadBytesPerSecond: rate * 1000 })}
            unit="kB/s"
            value={special.downloadBytesPerSecond / 1000}
          />
          <NumberField
            label="Join at"
            least={0}
            most={MOST_SECONDS}
            onValue={(joinAtSeconds) => change(place, { joinAtSeconds })}
            placeholder="0"
            unit="s"
            value={special.joinAtSeconds}
          />
          <NumberField
            label="Leave at"
            least={special.joinAtSeconds ?? 0}
            most={MOST_SECONDS}
            onValue={(leaveAtSeconds) => change(place, { leaveAtSeconds })}
            placeholder="never"
            unit="s"
            value={special.leaveAtSeconds}
          />
          {special.leaveAtSeconds !== undefined && (
            <NumberField
              label="Come back at"
              least={special.leaveAtSeconds + 1}
              most={MOST_SECONDS}
              onValue={(rejoinAtSeconds) => change(place, { rejoinAtSeconds })}
              placeholder="never"
              unit="s"
              value={special.rejoinAtSeconds}
            />
          )}
          <button
            className={styles.quietButton}
            onClick={() => host.change({ specials: specials.filter((_, i) => i !== place) })}
            type="button"
          >
            Remove this kind
          </button>
        </div>
      ))}
      <button
        className={controls.plain}
        onClick={() => host.change({ specials: [...specials, { ...everybody, count: 1, behaviour: 'free-rider' }] })}
        type="button"
      >
        Add a kind of peer
      </button>
    </fieldset>
  )
}

/** Without the fields that say nothing, and without coming back where there is no leaving. */
function tidy(kind: SpecialKind): SpecialKind {
  const given = Object.entries(kind).filter(
    ([key, value]) => value !== undefined && !(key === 'rejoinAtSeconds' && kind.leaveAtSeconds === undefined),
  )
  return Object.fromEntries(given) as SpecialKind
}
