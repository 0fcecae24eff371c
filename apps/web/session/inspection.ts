// `window.swarmdrop`: what this page's sessions are doing, as plain JSON for people who script it. Documented in README.md.
import type { SessionSnapshot } from './types'

type Inspected = { inspect(): SessionSnapshot }

declare global {
  /** The laboratory adds its own part. */
  interface SwarmdropInspection {
    snapshot(): SessionSnapshot[]
  }
  interface Window {
    swarmdrop: SwarmdropInspection
  }
}

const sessions = new Set<Inspected>()

export const enlist = (session: Inspected): void => void sessions.add(session)
export const strike = (session: Inspected): void => void sessions.delete(session)

if (typeof window !== 'undefined')
  window.swarmdrop = { snapshot: () => [...sessions].map((session) => session.inspect()) }
