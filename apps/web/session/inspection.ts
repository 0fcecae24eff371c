// `window.swarmdrop`: what this page's peers are doing, as plain JSON for people who script it. Documented in
// docs/automation.md.
import type { TransferSnapshot } from '@swarmdrop/peer'
import type { InspectedPeer, LabResult } from '@swarmdrop/peer/lab'

/** `code`: the one to read aloud, of what this page shares, while it can be used. */
export type InspectedTransfer = TransferSnapshot & { code?: string }

declare global {
  interface SwarmdropInspection {
    snapshot(): InspectedTransfer[]
    /** The laboratory's state, on its pages. */
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
const codes = new WeakMap<Inspected, () => string | undefined>()

/** Gives the way to take it off again. */
export function register(transfer: Inspected): () => void {
  transfers.add(transfer)
  return () => transfers.delete(transfer)
}

/** `code`: what it is at the moment. */
export function registerCode(transfer: Inspected, code: () => string | undefined): void {
  codes.set(transfer, code)
}

export function registerLab(lab: NonNullable<SwarmdropInspection['lab']>): void {
  if (typeof window !== 'undefined') window.swarmdrop.lab = lab
}

if (typeof window !== 'undefined') window.swarmdrop = { snapshot: () => [...transfers].map(inspected) }

function inspected(transfer: Inspected): InspectedTransfer {
  const code = codes.get(transfer)?.()
  return { ...transfer.inspect(), ...(code !== undefined && { code }) }
}
