// The code of what this page shares, to be read aloud: there as long as it is shared, no matter who draws it. Only what
// is loaded for codes comes in here.
import { CodeOffer } from '@swarmdrop/peer/code'
import { codePorts } from './code-ports'
import { registerCode } from './inspection'
import type { SendingTransfer } from './transfers'

const offers = new WeakMap<SendingTransfer, CodeOffer>()

/** The code of a share, always the same one. It has begun, and ends with the share. */
export function codeOf(session: SendingTransfer): CodeOffer {
  const known = offers.get(session)
  if (known) return known
  const offer = new CodeOffer(codePorts(), session.getSnapshot().link)
  offers.set(session, offer)
  const visit = new AbortController()
  const { signal } = visit
  window.addEventListener('pagehide', () => offer.leave(), { signal })
  window.addEventListener('pageshow', ({ persisted }) => persisted && offer.comeBack(), { signal })
  offer.start()
  session.onClosed(() => {
    visit.abort()
    offer.close()
  })
  registerCode(session, () => (offer.getSnapshot().state === 'open' ? offer.getSnapshot().code : undefined))
  return offer
}
