// A session of the lab as one file: its name and its runs, replays included. Knows nothing of where it is kept.
import * as z from 'zod/mini'
import { type LabResult, resultsOf } from './results'

export type LabSession = { name: string; results: LabResult[] }
/** `unread`: runs in the text that this version cannot read, or that are too many. */
export type ReadSession = LabSession & { unread: number }

const KIND = 'swarmdrop-lab-session'
const MAX_NAME_CHARACTERS = 80
const Stored = z.object({
  kind: z.literal(KIND),
  name: z.optional(z.string()),
  results: z.array(z.unknown()),
})

export const sessionAsText = ({ name, results }: LabSession): string => JSON.stringify({ kind: KIND, name, results })

/**
 * The session in a text; undefined where that is neither a session nor a list of results. Wrong results are left out,
 * and counted.
 */
export function parseSession(text: string): ReadSession | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { data } = Stored.safeParse(value)
  const [name, all] = data ? [sessionName(data.name ?? ''), data.results] : ['', value]
  if (!Array.isArray(all)) return undefined
  const results = resultsOf(all)
  return { name, results, unread: all.length - results.length }
}

/** A name as it may be kept. */
export const sessionName = (name: string): string => name.slice(0, MAX_NAME_CHARACTERS)
