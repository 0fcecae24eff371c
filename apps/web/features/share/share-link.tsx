// The link to send: field, copy, QR code, the phone's share sheet. Knows nothing of who opens it.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import controls from '../ui/controls.module.css'
import { copyFrom, selectWhole } from '../ui/copy'
import { NetworkSwitch } from '../ui/network-switch'
import { QrCode } from '../ui/qr-code'
import { useNetworkLink } from '../ui/use-network-link'
import styles from './share-link.module.css'

const COPIED_MS = 2_000

type Copying = 'idle' | 'copied' | 'refused'
const COPY_WORDS: Record<Copying, string> = { idle: 'Copy', copied: 'Copied', refused: 'Copy' }

type ShareLinkProps = {
  /** The link at this page's own address. */
  link: string
  name: string
  /** What stands beneath the field, next to the code. */
  children: ReactNode
  /** Who has opened it: beneath both, and on a telephone above the code. */
  people: ReactNode
}

export function ShareLink({ link, name, children, people }: ShareLinkProps) {
  const network = useNetworkLink(link)
  const { shown = '' } = network
  const isKnown = shown !== ''
  const field = useRef<HTMLInputElement>(null)
  const [copying, setCopying] = useState<Copying>('idle')

  useEffect(() => {
    if (isKnown && field.current !== null) selectWhole(field.current)
  }, [isKnown])
  useEffect(() => {
    if (copying !== 'copied') return
    const timer = setTimeout(() => setCopying('idle'), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copying])

  const copy = async () => {
    if (field.current !== null) setCopying((await copyFrom(field.current)) ? 'copied' : 'refused')
  }

  return (
    <div className={styles.link}>
      <div className={styles.ways}>
        <div className={styles.line}>
          <input
            aria-label="Link to send"
            className={`${controls.field} ${styles.field}`}
            data-testid="share-link"
            readOnly
            ref={field}
            type="text"
            value={shown}
          />
          <button className={`${controls.primary} ${styles.copy}`} onClick={copy} type="button">
            {COPY_WORDS[copying]}
          </button>
        </div>
        <output className={copying === 'refused' ? styles.refused : controls.unseen}>
          {copying === 'copied' && 'The link is copied.'}
          {copying === 'refused' &&
            'Your browser does not let this page copy. The link is selected: press Ctrl+C or ⌘C.'}
        </output>
        {typeof navigator.share === 'function' && (
          <button className={controls.plain} onClick={() => sendBySystem(shown, name)} type="button">
            Send with…
          </button>
        )}
        <NetworkSwitch link={network} />
        {children}
      </div>
      <div className={styles.people}>{people}</div>
      <figure className={styles.code}>
        {isKnown && <QrCode label="QR code of the link" text={shown} />}
        <figcaption className={controls.quiet}>Or scan it</figcaption>
      </figure>
    </div>
  )
}

async function sendBySystem(url: string, title: string): Promise<void> {
  try {
    await navigator.share({ title, url })
  } catch {
    // The sheet was closed without sending: nothing has happened, and nothing is lost.
  }
}
