// Says who can open a link that was made on this computer, and makes it one for this computer only. Knows nothing of
// what it leads to.
import { useId } from 'react'
import { pageAddress } from '../../session/page-address'
import controls from './controls.module.css'
import { type NetworkLink, reachWords } from './network-link'
import styles from './network-switch.module.css'

export function NetworkSwitch({ link }: { link: NetworkLink }) {
  const note = useId()
  const words = reachWords(link)
  if (words === undefined) return null
  return (
    <div>
      <p className={controls.quiet} id={note}>
        {words}
      </p>
      {link.for !== 'nobody-else' && (
        <label className={styles.line}>
          <input
            aria-describedby={note}
            checked={link.for === 'only-here'}
            className={styles.box}
            data-testid="network-switch"
            onChange={({ currentTarget }) => pageAddress.setOnlyHere(currentTarget.checked)}
            type="checkbox"
          />
          This computer only
        </label>
      )}
    </div>
  )
}
