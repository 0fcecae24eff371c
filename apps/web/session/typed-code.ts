// From a code that somebody has typed to the link that it stands for. What it takes is loaded when a code is begun.
import type { CodeProblem, TypedCode } from '@swarmdrop/peer/code'
import { codePorts, loadCodes } from './code-ports'
import { linkOfAddress } from './links'

export type { CodeProblem, TypedCode } from '@swarmdrop/peer/code'

const LIKE_CODE = /^[^\p{L}\p{N}]*\d{1,6}(?!\p{N})[^\p{N}#/]{0,60}$/u

/** Whether a text is a code, or becomes one as it is typed; what is a link is none. */
export const isLikeCode = (text: string): boolean => LIKE_CODE.test(text)

/** What a text says, and what it may become. Rejects where the page cannot load what it takes. */
export async function readTypedCode(text: string): Promise<{ typed: TypedCode; completions: string[] }> {
  const { readShareCode, completionsOf } = await loadCodes()
  return { typed: readShareCode(text), completions: completionsOf(text) }
}

/** The id of the link that the sender's page gives for a code. Aborted, it settles no more, or rejects; so it does where the page cannot load what it takes. */
export async function askByCode(
  code: Extract<TypedCode, { kind: 'code' }>['code'],
  signal: AbortSignal,
): Promise<{ id: string } | { problem: CodeProblem }> {
  const { CodeVisit } = await loadCodes()
  signal.throwIfAborted()
  const visit = new CodeVisit(codePorts(), code)
  signal.addEventListener('abort', () => visit.close())
  const outcome = await visit.run()
  if ('problem' in outcome) return outcome
  // Only what it is counts, and not the address: the sender was reached by this page's own server, and so are all who have it.
  const found = linkOfAddress({ hash: new URL(outcome.link).hash, search: '' })
  return found && 'id' in found ? found : { problem: 'forged' }
}
