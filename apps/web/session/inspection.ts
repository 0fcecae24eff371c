// `window.swarmdrop`: what this page's peers are doing, as plain JSON for people who script it. Documented in README.md.
import type { InspectedPeer, LabResult, TransferSnapshot } from '@swarmdrop/peer'

declare global {
  interface SwarmdropInspection {
    snapshot(): TransferSnapshot[]
    /** On pages of the laboratory. */
    lab?: {
      results(): readonly LabResult[]
      /** This page's own peers of the run under way, the server first; empty while there is none. */
      peers(): InspectedPeer[]
    }
  }
  interface Window {
    swarmdrop: SwarmdropInspection
  }
}

type Inspected = { inspect(): TransferSnapshot }

const transfers = new Set<Inspected>()

/** Gives the way to take it off again. */
export function register(transfer: Inspected): () => void {
  transfers.add(transfer)
  return () => transfers.delete(transfer)
}

export function registerLab(lab: NonNullable<SwarmdropInspection['lab']>): void {
  if (typeof window !== 'undefined') window.swarmdrop.lab = lab
}

if (typeof window !== 'undefined')
  window.swarmdrop = { snapshot: () => [...transfers].map((transfer) => transfer.inspect()) }
