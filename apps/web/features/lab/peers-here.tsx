// Real peers on the teacher's own page: how many, more, fewer. Knows nothing of what they do.

import { type LabHost, type LabSnapshot, MAX_PAGE_PEERS } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import controls from '../ui/controls.module.css'
import { countOf } from '../ui/format'
import { NumberField } from '../ui/number-field'
import styles from './fields.module.css'

export function PeersHere({ host, snapshot, busy }: { host: LabHost; snapshot: LabSnapshot; busy: boolean }) {
  const [more, setMore] = useState(8)
  const { pagePeers } = snapshot
  const room = MAX_PAGE_PEERS - pagePeers
  return (
    <fieldset className={styles.group} disabled={busy}>
      <legend>Peers on this page</legend>
      <p className={styles.hint} data-count={pagePeers} data-testid="lab-page-peers">
        {pagePeers === 0
          ? 'None yet. Each one is a real peer with its own connections, and swaps chunks with students’ tabs too.'
          : `${countOf(pagePeers, 'peer')}, each with its own connections.`}
      </p>
      <NumberField
        label="How many more"
        least={1}
        most={MAX_PAGE_PEERS}
        onValue={setMore}
        testId="lab-peer-count"
        value={more}
      />
      <div className={styles.buttons}>
        <button
          className={controls.plain}
          data-testid="lab-add-peers"
          disabled={room === 0}
          onClick={() => host.addPeers(more)}
          type="button"
        >
          {room === 0 ? 'The page is full' : `Add ${countOf(Math.min(more, room), 'peer')}`}
        </button>
        {pagePeers > 0 && (
          <button
            className={controls.plain}
            data-testid="lab-remove-peers"
            onClick={() => host.addPeers(-pagePeers)}
            type="button"
          >
            Remove all
          </button>
        )}
      </div>
    </fieldset>
  )
}
