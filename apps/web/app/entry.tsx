'use client'
// Chooses between sending and receiving by the link's fragment. Knows nothing of either.
import { useEffect, useSyncExternalStore } from 'react'
import { LinkPage } from '../features/receive/link-page'
import { Home } from '../features/share/home'
import { Notice } from '../features/ui/notice'
import { expectLink, type FoundLink, linkOfAddress, webRtcProblem } from '../session'
import { pathOf } from '../session/base-path'

function onFragmentChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** What the address says of a link, as text: a store's snapshots are compared by what they are. */
const addressed = () => JSON.stringify(linkOfAddress(window.location) ?? {})
// The server never sees a fragment, so what it renders must not guess.
const unknown = () => undefined

// React takes a tenth of a second to get here on a slow machine, and none of what is begun now needs it.
if (typeof window !== 'undefined' && addressed().includes('"id"')) expectLink()

export function Entry() {
  const address = useSyncExternalStore(onFragmentChange, addressed, unknown)
  const found = address === undefined ? undefined : (JSON.parse(address) as Partial<FoundLink>)
  const id = found && 'id' in found ? found.id : undefined
  useEffect(() => tidyAddress(id), [id])
  if (found === undefined) {
    return (
      <noscript>
        <Notice heading="h1" tone="bad" title="JavaScript is off">
          Swarmdrop runs wholly inside your browser. Allow JavaScript for this page and load it again.
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

  if (id !== undefined) return <LinkPage key={id} id={id} />
  if (!('problem' in found)) return <Home />
  return (
    <Notice
      heading="h1"
      tone="bad"
      title="This link does not work"
      way={<a href={pathOf('/')}>Share something yourself</a>}
    >
      {found.problem}
    </Notice>
  )
}

/** Whoever copies the address passes on the link, and not what had gathered round it. */
function tidyAddress(id: string | undefined): void {
  const tidy = `#${id}`
  if (id === undefined || (window.location.hash === tidy && window.location.search === '')) return
  window.history.replaceState(window.history.state, '', window.location.pathname + tidy)
}
