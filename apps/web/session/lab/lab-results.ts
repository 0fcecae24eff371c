// The runs of this browser's laboratory, as one list that the page and scripts see: `window.swarmdrop.lab`. Documented in README.md.
import '../inspection'
import { keepResults, type LabResult, loadResults } from './results'

declare global {
  interface SwarmdropInspection {
    lab?: { results(): readonly LabResult[] }
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

if (typeof window !== 'undefined') window.swarmdrop.lab = { results: () => labResults.all }
