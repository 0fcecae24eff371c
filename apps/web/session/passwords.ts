// Sets a link's password in this page, and takes it off. Only what is loaded for passwords comes in here.
import { parseLinkId } from '@swarmdrop/core'
import {
  LEAST_PASSWORD_CHARACTERS,
  MOST_PASSWORD_CHARACTERS,
  passwordKey,
  plainPassword,
  suggestedPassword,
} from '@swarmdrop/peer/password'
import { browserRandom } from '../adapters/device/browser-random'
import { PasswordChange, type Protected } from './password-change'
import { notePassword } from './password-following'
import { passwordGate } from './password-gate'
import { forgetPasswordKey, keepPasswordKey } from './password-keys'

export { MOST_PASSWORD_CHARACTERS }

/** The problem with a new password, in a sentence for the person; undefined: it will do. */
export function newPasswordProblem(typed: string): string | undefined {
  const { length } = [...plainPassword(typed)]
  if (length >= LEAST_PASSWORD_CHARACTERS) return undefined
  return `A password has at least ${LEAST_PASSWORD_CHARACTERS} characters: this one has ${length}.`
}

export const suggestPassword = (): string => suggestedPassword((length) => browserRandom.bytes(length))

const change = new PasswordChange({
  keyFor: async (typed, id) => {
    const parsed = parseLinkId(id)
    if (!parsed.ok) throw new Error(parsed.reason)
    return passwordKey(typed, parsed.id)
  },
  keep: (id, key) => (key ? keepPasswordKey(id, key) : forgetPasswordKey(id)),
  newGate: passwordGate,
  changed: notePassword,
})

/**
 * Sets a password: from then on, in this page and the next that opens the link, only those who know it are connected
 * to. Rejects with an Error for the person.
 */
export const setPassword = (session: Protected, typed: string): Promise<void> => change.set(session, typed)

/** The link is enough again. */
export const removePassword = (session: Protected): void => change.remove(session)
