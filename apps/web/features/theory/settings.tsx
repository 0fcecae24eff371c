// All settings of the theory page. Knows what each means to a swarm, in a sentence; computes nothing.
import { QUANTITIES } from '../experiment/quantities'
import { MOST_PEERS, type PeerClass, type TheoryState } from '../experiment/theory-state'
import controls from '../ui/controls.module.css'
import { NumberField } from '../ui/number-field'
import { ClassesEditor } from './classes-editor'
import styles from './settings.module.css'

type SettingsProps = { state: TheoryState; onChange: (change: Partial<TheoryState>) => void }

/** What the sliders reach, a part of what may be. */
const SLIDERS = {
  file: { from: 1e6, to: 1e10 },
  server: { from: 1e4, to: 1e8 },
  up: { from: 1e3, to: 1e8 },
  down: { from: 1e4, to: 1e9 },
  n: { from: 1, to: 100, isEven: true },
}

export function Settings({ state: { fileBytes, serverUpload, classes }, onChange }: SettingsProps) {
  const [first] = classes
  return (
    <section aria-labelledby="settings" className={styles.settings}>
      <h2 id="settings">Set it yourself</h2>
      <NumberField
        {...QUANTITIES.fileBytes}
        onValue={(bytes) => onChange({ fileBytes: bytes })}
        shown="File size, F"
        slider={SLIDERS.file}
        testId="theory-file-bytes"
        value={fileBytes}
      />
      <NumberField
        {...QUANTITIES.serverUpload}
        onValue={(rate) => onChange({ serverUpload: rate })}
        shown={
          <>
            Server’s upload, u<sub>s</sub>
          </>
        }
        slider={SLIDERS.server}
        testId="theory-server-upload"
        value={serverUpload}
      />
      {classes.length === 1 && first !== undefined ? (
        <AlikeSettings onChange={(one) => onChange({ classes: [one] })} peer={first} />
      ) : (
        <ClassesEditor classes={classes} onChange={(next) => onChange({ classes: next })} />
      )}
      <button
        className={controls.plain}
        onClick={() => onChange({ classes: classes.length > 1 ? classes.slice(0, 1) : split(classes) })}
        type="button"
      >
        {classes.length > 1 ? 'All peers alike' : 'Different kinds of peers'}
      </button>
    </section>
  )
}

function AlikeSettings({ peer, onChange }: { peer: PeerClass; onChange: (peer: PeerClass) => void }) {
  return (
    <>
      <NumberField
        {...QUANTITIES.upload}
        onValue={(up) => onChange({ ...peer, up })}
        shown="Each peer’s upload, u"
        slider={SLIDERS.up}
        testId="theory-peer-upload"
        value={peer.up}
      />
      <NumberField
        {...QUANTITIES.download}
        means={`${QUANTITIES.download.means} Leave it empty for no limit.`}
        onValue={(down) => onChange({ ...peer, down })}
        placeholder="no limit"
        shown="Each peer’s download, d"
        slider={SLIDERS.down}
        testId="theory-peer-download"
        value={peer.down}
      />
      <NumberField
        label="Number of peers"
        least={1}
        most={MOST_PEERS}
        onValue={(count) => onChange({ ...peer, count })}
        shown="Number of peers, N"
        slider={SLIDERS.n}
        testId="theory-n"
        value={peer.count}
      />
    </>
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
