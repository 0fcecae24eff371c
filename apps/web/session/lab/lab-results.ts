// The runs of this browser's laboratory, as one list that the page and scripts see: `window.swarmdrop.lab`. Documented in README.md.
import '../inspection'
import type { PeerStatus } from './messages'
import { keepResults, type LabResult, loadResults } from './results'

export type InspectedPeer = Omit<PeerStatus, 'held' | 'ids'> & { id: string; name: string; chunksHeld: number }

declare global {
  interface SwarmdropInspection {
    lab?: {
      results(): readonly LabResult[]
      /** This page's own peers of the run under way, the server first; empty while there is none. */
      peers(): InspectedPeer[]
    }
  }
}

class LabResults {
  #kept: readonly LabResult[] | undefined
  readonly #listeners = new Set<() => void>()

  get all(): readonly LabResult[] {
    this.#kept ??= typeof window === 'undefined' ? [] : loadResults()
    return this.#kept
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  add(...results: LabResult[]): void {
    this.#replace([...this.all, ...results])
  }

  clear(): void {
    this.#replace([])
  }

  #replace(results: readonly LabResult[]): void {
    this.#kept = keepResults(results)
    for (const listener of this.#listeners) listener()
  }
}

export const labResults = new LabResults()

let inspected: (() => InspectedPeer[]) | undefined

/** Shows scripts the peers of a run; undefined: it is over. */
export function showPeers(peers: (() => InspectedPeer[]) | undefined): void {
  inspected = peers
}

if (typeof window !== 'undefined')
  window.swarmdrop.lab = { results: () => labResults.all, peers: () => inspected?.() ?? [] }
