// The laboratory's route. Whether a teacher or a student sees it, its address's fragment says.
import type { Metadata } from 'next'
import { LabEntry } from '../../features/lab/lab-entry'

export const metadata: Metadata = {
  title: 'Lab – Swarmdrop',
  description: 'Watch a file spread: swarm experiments with real browser tabs, measured, simulated and computed.',
}

export default function LabPage() {
  return <LabEntry />
}
