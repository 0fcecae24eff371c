// Kinds of peers that differ from the rest: slower, free riding, coming late, leaving and coming back. Knows nothing of
// runs.
import type { LabHost, LabSettings, SpecialKind } from '@swarmdrop/peer/lab'
import { BEHAVIOUR_WORDS, MEANS } from '../experiment/labels'
import { QUANTITIES } from '../experiment/quantities'
import { Choice } from '../ui/choice'
import controls from '../ui/controls.module.css'
import { NumberField } from '../ui/number-field'
import { SECONDS } from '../ui/read-number'
import styles from './fields.module.css'

const MOST_SECONDS = 86_400

export function SpecialPeers({ host, settings, busy }: { host: LabHost; settings: LabSettings; busy: boolean }) {
  const { specials, everybody } = settings
  const change = (index: number, kind: Partial<SpecialKind>) =>
    host.change({ specials: specials.map((special, i) => (i === index ? tidy({ ...special, ...kind }) : special)) })
  return (
    <fieldset className={styles.group} disabled={busy}>
      <p className={styles.hint}>
        Some peers may differ from the rest: slower, free riding, late, or leaving. All others are as set above.
      </p>
      {specials.map((special, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a kind has no name but its index
        <div className={styles.special} key={index}>
          <NumberField
            label="Peers of this kind"
            least={1}
            most={100}
            onValue={(count) => change(index, { count })}
            value={special.count}
          />
          <Choice
            label="Behaviour"
            means={MEANS.behaviour}
            onChoose={(behaviour) => change(index, { behaviour: behaviour === 'normal' ? undefined : behaviour })}
            options={BEHAVIOUR_WORDS}
            value={special.behaviour ?? 'normal'}
          />
          {uploads(special) && (
            <NumberField
              {...QUANTITIES.upload}
              label="Upload"
              onValue={(uploadBytesPerSecond) => change(index, { uploadBytesPerSecond })}
              value={special.uploadBytesPerSecond}
            />
          )}
          <NumberField
            {...QUANTITIES.download}
            label="Download"
            onValue={(downloadBytesPerSecond) => change(index, { downloadBytesPerSecond })}
            value={special.downloadBytesPerSecond}
          />
          {timesOf(special).map(({ time, ...field }) => (
            <NumberField
              {...field}
              key={time}
              most={MOST_SECONDS}
              onValue={(seconds: number | undefined) => change(index, { [time]: seconds })}
              unit={SECONDS}
              value={special[time]}
            />
          ))}
          <button
            className={styles.quietButton}
            onClick={() => host.change({ specials: specials.filter((_, i) => i !== index) })}
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

/** Without an upload there is no speed of it. */
const uploads = ({ behaviour }: SpecialKind) => behaviour !== 'free-rider' && behaviour !== 'claims-all'

/** The times that a special peer can have: one that never leaves does not come back. */
const timesOf = ({ joinAtSeconds = 0, leaveAtSeconds }: SpecialKind) => [
  { time: 'joinAtSeconds' as const, label: 'Join at', least: 0, placeholder: '0' },
  { time: 'leaveAtSeconds' as const, label: 'Leave at', least: joinAtSeconds, placeholder: 'never' },
  ...(leaveAtSeconds === undefined
    ? []
    : [{ time: 'rejoinAtSeconds' as const, label: 'Come back at', least: leaveAtSeconds + 1, placeholder: 'never' }]),
]

/** The kind without fields that say nothing, and without coming back where there is no leaving. */
function tidy(kind: SpecialKind): SpecialKind {
  const given = Object.entries(kind).filter(
    ([key, value]) => value !== undefined && !(key === 'rejoinAtSeconds' && kind.leaveAtSeconds === undefined),
  )
  return Object.fromEntries(given) as SpecialKind
}
