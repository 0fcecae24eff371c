// The one route. What it shows depends on the fragment, which only the browser knows.
import type { Metadata } from 'next'
import { OpenEarlyLine } from './early-line'
import { Entry } from './entry'

export const metadata: Metadata = {
  openGraph: {
    type: 'website',
    siteName: 'Swarmdrop',
    // A link in a chat has this next to it, whatever it leads to.
    title: 'Swarmdrop: files from browser to browser',
    description: 'Open the link to download what was shared. Everyone who downloads also helps to send.',
  },
}

export default function Page() {
  return (
    <>
      <OpenEarlyLine />
      <Entry />
    </>
  )
}
