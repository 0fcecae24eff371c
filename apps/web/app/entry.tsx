'use client'
// Chooses between sending and receiving by the link's fragment. Knows nothing of either.
import { useEffect, useSyncExternalStore } from 'react'
import { LinkPage } from '../features/receive/link-page'
import { Home } from '../features/share/home'
import { Confirm } from '../features/ui/confirm'
import { Notice } from '../features/ui/notice'
import { type Leaving, whatLeavingEnds } from '../features/ui/use-leave-warning'
import { expectLink, type FoundLink, linkOfAddress, webRtcProblem } from '../session'
import { pathOf } from '../session/base-path'
import { GuardedAddress } from './guarded-address'

type Address = Partial<FoundLink>

/** The link in the address as text: snapshots of a store are compared by what they are. */
const addressed = () => JSON.stringify(linkOfAddress(window.location) ?? {})
const read = (address: string) => JSON.parse(address) as Address
const idOf = (address: Address | undefined) => (address && 'id' in address ? address.id : undefined)

/** Tidies the address: anyone who copies it passes on the link, and not what had gathered round it. */
function tidyAddress(id: string | undefined): void {
  const { pathname, search, hash } = window.location
  const tidy = pathname + (id === undefined ? '' : `#${id}`)
  // Next marks the entry that it replaces only a moment later. Anyone who has gone back by then, and comes forward to
  // one without its mark, gets a page that is loaded again, whatever it was doing.
  if (pathname + search + hash === tidy) return
  window.history.replaceState(window.history.state, '', tidy)
}

// The server never sees a fragment, so what it renders must not guess.
const guarded =
  typeof window === 'undefined'
    ? undefined
    : new GuardedAddress<Leaving>({
        read: addressed,
        restore: (shown) => tidyAddress(idOf(read(shown))),
        whatEnds: (next) => {
          const reason = whatLeavingEnds()
          return reason?.ownId !== undefined && reason.ownId === idOf(read(next)) ? 'stay' : reason
        },
      })

if (guarded) window.addEventListener('hashchange', () => guarded.moved())

// React takes a tenth of a second to get here on a slow machine, and none of what is begun now needs it.
if (guarded) expectLink(idOf(read(guarded.shown())))

const onChange = guarded?.subscribe ?? (() => () => {})
const unknown = () => undefined

export function Entry() {
  const address = useSyncExternalStore(onChange, guarded?.shown ?? unknown, unknown)
  const leaving = useSyncExternalStore(onChange, guarded?.asked ?? unknown, unknown)
  if (address === undefined) {
    return (
      <noscript>
        <Notice heading="h1" tone="bad" title="JavaScript is off">
          Swarmdrop runs in your browser and needs JavaScript. Allow it for this page, then reload.
        </Notice>
      </noscript>
    )
  }

  const unable = webRtcProblem()
  if (unable !== undefined) {
    return (
      <Notice heading="h1" tone="bad" title="This browser cannot connect to others">
        {unable}
      </Notice>
    )
  }
  return (
    <>
      <Shown address={read(address)} />
      {leaving && <Confirm {...leaving} onAnswer={(agreed) => guarded?.answer(agreed)} />}
    </>
  )
}

function Shown({ address }: { address: Address }) {
  const id = idOf(address)
  useEffect(() => {
    if (id !== undefined) tidyAddress(id)
  }, [id])
  if (id !== undefined) return <LinkPage key={id} id={id} />
  if (!('problem' in address)) return <Home />
  return (
    <Notice
      heading="h1"
      tone="bad"
      title="This link does not work"
      way={<a href={pathOf('/')}>Share something yourself</a>}
    >
      {address.problem}
    </Notice>
  )
}
