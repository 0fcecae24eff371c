// What a teacher sets, in plain words with units. Knows nothing of runs.
import { CHUNK_BYTES } from '@swarmdrop/core'
import type { LabHost, LabMode, LabSnapshot } from '@swarmdrop/peer'
import { useId } from 'react'
import { labFileOf } from '../../session/lab'
import { Term } from '../ui/term'
import { ExperimentFile } from './experiment-file'
import styles from './fields.module.css'
import { NumberField } from './number-field'
import { PolicyFields } from './policy-fields'
import { SpecialPeers } from './special-peers'

const MODES: Record<LabMode, string> = {
  both: 'both in turn',
  p2p: 'peer-to-peer',
  'client-server': 'client-server',
}

export function SettingsForm({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { settings, phase, fileName } = snapshot
  const busy = phase === 'connecting' || phase === 'running'
  const modeId = useId()
  const everybody = (change: Partial<typeof settings.everybody>) =>
    host.change({ everybody: { ...settings.everybody, ...change } })
  return (
    <div className={styles.inner}>
      <fieldset className={styles.group} disabled={busy}>
        <legend>The file</legend>
        <NumberField
          disabled={fileName !== undefined}
          label={fileName === undefined ? 'Made-up data of' : fileName}
          least={0.001}
          most={268.435456}
          onValue={(megabytes) => megabytes !== undefined && host.change({ fileBytes: Math.round(megabytes * 1e6) })}
          testId="lab-file-bytes"
          unit="MB"
          value={settings.fileBytes / 1e6}
        />
        <OwnFile fileName={fileName} host={host} />
      </fieldset>

      <fieldset className={styles.group} disabled={busy}>
        <legend>Speeds</legend>
        <NumberField
          label="The server uploads"
          least={1}
          most={1e6}
          onValue={(rate) => rate !== undefined && host.change({ serverUploadBytesPerSecond: rate * 1000 })}
          testId="lab-server-upload"
          unit="kB/s"
          value={settings.serverUploadBytesPerSecond / 1000}
        />
        <NumberField
          label="Each peer uploads"
          least={0}
          most={1e6}
          onValue={(rate) => rate !== undefined && everybody({ uploadBytesPerSecond: rate * 1000 })}
          testId="lab-peer-upload"
          unit="kB/s"
          value={settings.everybody.uploadBytesPerSecond / 1000}
        />
        <NumberField
          label="and downloads"
          least={1}
          most={1e6}
          onValue={(rate) => rate !== undefined && everybody({ downloadBytesPerSecond: rate * 1000 })}
          testId="lab-peer-download"
          unit="kB/s"
          value={settings.everybody.downloadBytesPerSecond / 1000}
        />
        <div className={styles.row}>
          <label htmlFor={modeId}>
            <Term means="Client-server: everybody fetches from the server alone. Peer-to-peer: peers also pass on what they have.">
              Mode
            </Term>
          </label>
          <select
            aria-label="How the file is distributed"
            className={styles.select}
            data-testid="lab-mode"
            id={modeId}
            onChange={({ currentTarget }) => host.change({ mode: currentTarget.value as LabMode })}
            value={settings.mode}
          >
            {Object.entries(MODES).map(([mode, words]) => (
              <option key={mode} value={mode}>
                {words}
              </option>
            ))}
          </select>
        </div>
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
            least={1}
            most={CHUNK_BYTES / 1024}
            onValue={(size) => size !== undefined && host.change({ chunkBytes: Math.round(size * 1024) })}
            unit="KiB"
            value={settings.chunkBytes / 1024}
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

function OwnFile({ host, fileName }: { host: LabHost; fileName: string | undefined }) {
  const id = useId()
  if (fileName !== undefined) {
    return (
      <button className={styles.quietButton} onClick={() => host.takeFile(undefined)} type="button">
        Use made-up data instead
      </button>
    )
  }
  return (
    <div className={styles.buttons}>
      <input
        className={styles.unseen}
        data-testid="lab-file"
        id={id}
        onChange={({ currentTarget }) => currentTarget.files?.[0] && host.takeFile(labFileOf(currentTarget.files[0]))}
        type="file"
      />
      <label className={styles.quietButton} htmlFor={id}>
        or choose a file of yours
      </label>
    </div>
  )
}
