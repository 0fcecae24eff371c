// Says before the start that what is set is too much for this device, as far as a short trial shows, and offers what
// fits.
import { type LabHost, type LabSnapshot, reliefFor } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import controls from '../ui/controls.module.css'
import { countOf, formatPercent, formatRate } from '../ui/format'
import { Notice } from '../ui/notice'
import styles from './teacher.module.css'

export function LoadNotice({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { settings, peerCount, pagePeers, capacity } = snapshot
  const relief = useMemo(
    () => (capacity === undefined ? undefined : reliefFor(settings, peerCount, pagePeers, capacity)),
    [settings, peerCount, pagePeers, capacity],
  )
  if (!relief || capacity === undefined) return null
  const { bytesPerSecond, slower, fewer } = relief
  return (
    <div data-testid="lab-too-much">
      <Notice
        title={`${countOf(pagePeers, 'peer')} at these speeds are too much for this device`}
        tone="wait"
        way={
          <span className={styles.buttons}>
            <button
              className={controls.plain}
              data-testid="lab-lower-speeds"
              onClick={() => host.change(slower.settings)}
              type="button"
            >
              Set all speeds to {formatPercent(Math.round(100 * slower.share))}
            </button>
            {fewer !== undefined && (
              <button
                className={controls.plain}
                data-testid="lab-fewer-peers"
                onClick={() => host.addPeers(fewer - pagePeers)}
                type="button"
              >
                Keep {countOf(fewer, 'peer')}
              </button>
            )}
          </span>
        }
      >
        Up to {formatRate(bytesPerSecond)} would pass through this page. A short trial reached {formatRate(capacity)},
        and a run can count on 80 % of that. The times would tell of the device, not of the swarm.
      </Notice>
    </div>
  )
}
