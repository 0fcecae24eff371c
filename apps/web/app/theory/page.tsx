// The theory page's route and title.
import type { Metadata } from 'next'
import { TheoryPage } from '../../features/theory/theory-page'

export const metadata: Metadata = {
  title: 'How fast can a file spread? – Swarmdrop',
  description: 'How long a file takes to reach N peers, by client and server and peer to peer: theory and simulation.',
}

export default function Page() {
  return <TheoryPage />
}
