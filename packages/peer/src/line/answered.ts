// What a question on a line has come to: the reply that was wanted, or why there is none. Knows no question.
import { Refusal, type RefusalCode } from '@swarmdrop/core/signaling'
import type { TrackerLine } from './tracker-line'

export type Answered<T> = { ok: true; reply: T } | { ok: false; refused: RefusalCode | 'no-answer' }

/** `schema`: of the reply that is wanted. What is neither that nor a refusal counts as no answer. */
export async function askFor<T>(
  line: TrackerLine,
  schema: { safeParse(value: unknown): { data?: T | undefined } },
  event: string,
  request: object,
): Promise<Answered<T>> {
  const answer = await line.ask(event, request)
  const { data } = schema.safeParse(answer)
  if (data !== undefined) return { ok: true, reply: data }
  return { ok: false, refused: Refusal.safeParse(answer).data?.refused ?? 'no-answer' }
}
