// All settings of the theory page. Knows what each means to a swarm, in a sentence; computes nothing.
import type { ReactNode } from 'react'
import controls from '../ui/controls.module.css'
import { Term } from '../ui/term'
import { ClassesEditor } from './classes-editor'
import { fromSlider, readCount, readQuantity, SLIDER_STEPS, toSlider, written } from './quantities'
import { Setting } from './setting'
import styles from './settings.module.css'
import { MOST_PEERS, type PeerClass, QUANTITIES, type Quantity, type TheoryState } from './theory-state'

type Change = (change: Partial<TheoryState>) => void
export type SettingsProps = { state: TheoryState; onChange: Change }

const LARGEST_ON_SLIDER = 100

export function Settings({ state, onChange }: SettingsProps) {
  const [first] = state.classes
  return (
    <section aria-labelledby="settings" className={styles.settings}>
      <h2 id="settings">Set it yourself</h2>
      <QuantitySetting
        label={<Term means="The size of the file that everybody shall have.">File size, F</Term>}
        name="File size"
        of={QUANTITIES.file}
        onValue={(fileBytes) => fileBytes !== undefined && onChange({ fileBytes })}
        testId="theory-file-bytes"
        value={state.fileBytes}
      />
      <QuantitySetting
        label={
          <Term means="How fast the server, the sender who has the whole file at the start, can upload.">
            Server’s upload, u<sub>s</sub>
          </Term>
        }
        name="Server’s upload"
        of={QUANTITIES.server}
        onValue={(serverUpload) => serverUpload !== undefined && onChange({ serverUpload })}
        testId="theory-server-upload"
        value={state.serverUpload}
      />
      {state.classes.length === 1 && first !== undefined ? (
        <AlikeSettings onChange={(one) => onChange({ classes: [one] })} peer={first} />
      ) : (
        <ClassesEditor classes={state.classes} onChange={(classes) => onChange({ classes })} />
      )}
      <button
        className={controls.plain}
        onClick={() =>
          onChange({ classes: state.classes.length > 1 ? state.classes.slice(0, 1) : split(state.classes) })
        }
        type="button"
      >
        {state.classes.length > 1 ? 'Make all peers alike' : 'Make peers differ'}
      </button>
    </section>
  )
}

function AlikeSettings({ peer, onChange }: { peer: PeerClass; onChange: (peer: PeerClass) => void }) {
  return (
    <>
      <QuantitySetting
        label={
          <Term means="How fast each peer can upload. A peer is one who downloads; whoever has a chunk passes it on.">
            Each peer’s upload, u
          </Term>
        }
        name="Each peer’s upload"
        of={QUANTITIES.up}
        onValue={(up) => up !== undefined && onChange({ ...peer, up })}
        testId="theory-peer-upload"
        value={peer.up}
      />
      <QuantitySetting
        label={
          <Term means="How fast each peer can download. Leave it empty for no limit.">Each peer’s download, d</Term>
        }
        mayBeNone
        name="Each peer’s download"
        of={QUANTITIES.down}
        onValue={(down) => onChange({ ...peer, down })}
        testId="theory-peer-download"
        value={peer.down}
      />
      <Setting
        label="Number of peers, N"
        name="Number of peers"
        onValue={(count) => count !== undefined && onChange({ ...peer, count })}
        read={(text) => readCount(text, 1, MOST_PEERS)}
        slider={{
          min: 1,
          max: LARGEST_ON_SLIDER,
          at: Math.min(peer.count, LARGEST_ON_SLIDER),
          from: (step) => step,
        }}
        testId="theory-n"
        text={String(peer.count)}
        unit="peers"
        value={peer.count}
      />
    </>
  )
}

type QuantitySettingProps = {
  label: ReactNode
  name: string
  of: Quantity
  value: number | undefined
  onValue: (value: number | undefined) => void
  testId: string
  mayBeNone?: boolean
}

/** With `mayBeNone`, an empty field and the slider's end mean no limit. */
function QuantitySetting({ of, value, mayBeNone = false, ...rest }: QuantitySettingProps) {
  const end = SLIDER_STEPS + 20
  return (
    <Setting
      {...rest}
      {...(mayBeNone && { placeholder: 'no limit' })}
      read={(text) => (mayBeNone && text.trim() === '' ? { value: undefined } : readQuantity(text, of))}
      slider={{
        max: mayBeNone ? end : SLIDER_STEPS,
        at: value === undefined ? end : toSlider(value, of),
        from: (step) => (step > SLIDER_STEPS ? undefined : fromSlider(step, of)),
      }}
      text={value === undefined ? '' : written(value, of.unitBytes)}
      unit={of.unit}
      value={value}
    />
  )
}

/** Two classes out of one, so that there is something to tell apart. */
function split(classes: readonly PeerClass[]): PeerClass[] {
  const [one] = classes
  if (!one) return []
  const half = Math.ceil(one.count / 2)
  return [
    { ...one, count: half },
    { ...one, count: Math.max(1, one.count - half), up: one.up / 2 },
  ]
}
