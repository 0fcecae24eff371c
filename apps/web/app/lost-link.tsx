'use client'
// Under an address where there is no page: goes on to the link that somebody meant, where its `#` was lost.
import { useSyncExternalStore } from 'react'
import { pathOf } from '../session/base-path'
// Not by the session's door: this stands in every page, and would bring all of the session with it.
import { linkOfLostAddress } from '../session/links'

/** The address that was meant; undefined: nobody can tell. */
function meantAddress(): string | undefined {
  const id = linkOfLostAddress(window.location)
  return id === undefined ? undefined : pathOf(`/#${id}`)
}

// At once: there is nothing to see here.
if (typeof window !== 'undefined') {
  const meant = meantAddress()
  if (meant !== undefined) window.location.replace(meant)
}

const never = () => () => {}

export function LostLink({ children }: { children: React.ReactNode }) {
  const isLeaving = useSyncExternalStore(
    never,
    () => meantAddress() !== undefined,
    () => false,
  )
  return isLeaving ? null : children
}
