'use client'
// Shows the connection check where there is a browser to check: where the page is rendered, there is none.
import { useSyncExternalStore } from 'react'
import { Notice } from '../ui/notice'
import { CheckPage } from './check-page'

const never = () => () => {}

export function CheckEntry() {
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (isInBrowser) return <CheckPage />
  return (
    <noscript>
      <Notice heading="h1" title="JavaScript is off" tone="bad">
        Swarmdrop runs in your browser and needs JavaScript. Allow it for this page, then reload.
      </Notice>
    </noscript>
  )
}
