'use client'
// Chooses between sending and receiving by the link's fragment. Knows nothing of either.
import { useSyncExternalStore } from 'react'
import { LinkPage } from '../features/receive/link-page'
import { Home } from '../features/share/home'
import { Notice } from '../features/ui/notice'
import { expectLink, linkProblem, webRtcProblem } from '../session'
import { pathOf } from '../session/base-path'

function onFragmentChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

const fragment = () => window.location.hash.slice(1)
// The server never sees a fragment, so what it renders must not guess.
const unknown = () => undefined

// React takes a tenth of a second to get here on a slow machine, and none of what is begun now needs it.
if (typeof window !== 'undefined' && fragment() !== '' && linkProblem(fragment()) === undefined) expectLink()

export function Entry() {
  const id = useSyncExternalStore(onFragmentChange, fragment, unknown)
  if (id === undefined) {
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

  if (id === '') return <Home />

  const broken = linkProblem(id)
  if (broken !== undefined) {
    return (
      <Notice
        heading="h1"
        tone="bad"
        title="This link does not work"
        way={<a href={pathOf('/')}>Share something yourself</a>}
      >
        {broken}
      </Notice>
    )
  }
  return <LinkPage key={id} id={id} />
}
