// A session of the lab as one file: its name and its runs, replays included. Knows nothing of where it is kept.
import * as z from 'zod/mini'
import { type LabResult, parseResults, resultsOf } from './results'

export type LabSession = { name: string; results: LabResult[] }

const KIND = 'swarmdrop-lab-session'
const MAX_NAME_CHARACTERS = 80
const Stored = z.object({
  kind: z.literal(KIND),
  name: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
  results: z.array(z.unknown()),
})

export const sessionAsText = ({ name, results }: LabSession): string => JSON.stringify({ kind: KIND, name, results })

/** Undefined where the text is neither a session nor a list of results; what is wrong within them is left out. */
export function parseSession(text: string): LabSession | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { data } = Stored.safeParse(value)
  if (data) return { name: data.name, results: resultsOf(data.results) }
  const results = parseResults(text)
  return results && { name: '', results }
}

/** As it may be kept. */
export const sessionName = (name: string): string => name.slice(0, MAX_NAME_CHARACTERS)
