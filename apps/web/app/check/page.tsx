// The connection check's route and title.
import type { Metadata } from 'next'
import { CheckEntry } from '../../features/check/check-entry'

export const metadata: Metadata = {
  title: 'Connection check – Swarmdrop',
  description: 'What works in this browser and on this network, and what it means for sending and receiving.',
}

export default function Page() {
  return <CheckEntry />
}
