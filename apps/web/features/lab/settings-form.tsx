// What a teacher sets, in plain words with units. Knows nothing of runs.
import { CHUNK_BYTES } from '@swarmdrop/core'
import type { LabHost, LabSnapshot } from '@swarmdrop/peer/lab'
import { labFileOf } from '../../session/lab'
import { MEANS, MODE_WORDS } from '../experiment/labels'
import { QUANTITIES } from '../experiment/quantities'
import { Choice } from '../ui/choice'
import controls from '../ui/controls.module.css'
import { Field } from '../ui/field'
import { FileButton } from '../ui/file-button'
import { NumberField } from '../ui/number-field'
import { KIB } from '../ui/read-number'
import { Examples } from './examples'
import { ExperimentFile } from './experiment-file'
import styles from './fields.module.css'
import { PolicyFields } from './policy-fields'
import { SpecialPeers } from './special-peers'

const MODES = { both: 'both in turn', ...MODE_WORDS }
/** 1,024 chunks: what fits into a room's messages. */
const MOST_FILE_BYTES = 268_435_456

export function SettingsForm({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { settings, phase, fileName } = snapshot
  const busy = phase === 'connecting' || phase === 'running'
  const everybody = (change: Partial<typeof settings.everybody>) =>
    host.change({ everybody: { ...settings.everybody, ...change } })
  return (
    <div className={styles.inner}>
      <Examples busy={busy} host={host} snapshot={snapshot} />
      <fieldset className={styles.group} disabled={busy}>
        <legend>The experiment</legend>
        <Field id="lab-experiment-name" label="Name">
          <input
            autoComplete="off"
            className={`${controls.field} ${styles.text}`}
            data-testid="lab-experiment-name"
            id="lab-experiment-name"
            maxLength={200}
            onChange={({ currentTarget }) => host.change({ name: currentTarget.value })}
            type="text"
            value={settings.name}
          />
        </Field>
        <NumberField
          {...QUANTITIES.fileBytes}
          disabled={fileName !== undefined}
          label={fileName ?? 'Test file'}
          means={undefined}
          most={MOST_FILE_BYTES}
          onValue={(fileBytes) => host.change({ fileBytes })}
          testId="lab-file-bytes"
          value={settings.fileBytes}
        />
        {fileName === undefined ? (
          <FileButton
            className={styles.quietButton}
            onFile={(file) => host.takeFile(labFileOf(file))}
            testId="lab-file"
          >
            or use your own file
          </FileButton>
        ) : (
          <button className={styles.quietButton} onClick={() => host.takeFile(undefined)} type="button">
            Use a test file instead
          </button>
        )}
      </fieldset>

      <fieldset className={styles.group} disabled={busy}>
        <legend>Speeds</legend>
        <NumberField
          {...QUANTITIES.serverUpload}
          onValue={(rate) => host.change({ serverUploadBytesPerSecond: rate })}
          testId="lab-server-upload"
          value={settings.serverUploadBytesPerSecond}
        />
        <NumberField
          {...QUANTITIES.upload}
          onValue={(uploadBytesPerSecond) => everybody({ uploadBytesPerSecond })}
          testId="lab-peer-upload"
          value={settings.everybody.uploadBytesPerSecond}
        />
        <NumberField
          {...QUANTITIES.download}
          onValue={(downloadBytesPerSecond) => everybody({ downloadBytesPerSecond })}
          testId="lab-peer-download"
          value={settings.everybody.downloadBytesPerSecond}
        />
        <Choice
          label="Mode"
          means={MEANS.mode}
          onChoose={(mode) => host.change({ mode })}
          options={MODES}
          testId="lab-mode"
          value={settings.mode}
        />
      </fieldset>

      <details className={styles.more}>
        <summary>Special peers</summary>
        <SpecialPeers busy={busy} host={host} settings={settings} />
      </details>
      <details className={styles.more}>
        <summary>Rules</summary>
        <fieldset className={styles.group} disabled={busy}>
          <PolicyFields onChange={(policy) => host.change({ policy })} policy={settings.policy} />
          <NumberField
            label="Chunk size"
            least={1_024}
            most={CHUNK_BYTES}
            onValue={(chunkBytes) => host.change({ chunkBytes })}
            unit={KIB}
            value={settings.chunkBytes}
          />
        </fieldset>
      </details>
      <details className={styles.more}>
        <summary>Experiment file</summary>
        <ExperimentFile busy={busy} host={host} />
      </details>
    </div>
  )
}
