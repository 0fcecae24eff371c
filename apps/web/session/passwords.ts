// Sets a link's password in this page, and takes it off. Only what is loaded for passwords comes in here.
import { parseLinkId } from '@swarmdrop/core'
import type { Transfer } from '@swarmdrop/peer'
import {
  LEAST_PASSWORD_CHARACTERS,
  MOST_PASSWORD_CHARACTERS,
  PasswordGate,
  passwordKey,
  plainPassword,
  suggestedPassword,
} from '@swarmdrop/peer/password'
import { browserRandom } from '../adapters/device/browser-random'
import { forgetPasswordKey, keepPasswordKey } from './password-keys'
import { pageTime } from './ports'

export { MOST_PASSWORD_CHARACTERS }

/** `stale`: how many are connected by another password than this. */
export const passwordGate = (key: Uint8Array, stale?: number) =>
  new PasswordGate({ time: pageTime(), random: browserRandom }, key, stale)

type Protected = Pick<Transfer, 'getSnapshot' | 'setGate'>

/** Undefined: it will do. Else a sentence for the person. */
export function newPasswordProblem(typed: string): string | undefined {
  const { length } = [...plainPassword(typed)]
  if (length >= LEAST_PASSWORD_CHARACTERS) return undefined
  return `A password has at least ${LEAST_PASSWORD_CHARACTERS} characters: this one has ${length}.`
}

export const suggestPassword = (): string => suggestedPassword((length) => browserRandom.bytes(length))

/** Takes about half a second. From then on, in this page and the next that opens the link, only who knows it is connected to. */
export async function setPassword(session: Protected, typed: string): Promise<void> {
  const id = idOf(session)
  const parsed = parseLinkId(id)
  if (!parsed.ok) throw new Error(parsed.reason)
  const key = await passwordKey(typed, parsed.id)
  keepPasswordKey(id, key)
  session.setGate(passwordGate(key))
}

/** The link is enough again. */
export function removePassword(session: Protected): void {
  forgetPasswordKey(idOf(session))
  session.setGate(undefined)
}

function idOf(session: Protected): string {
  const { link } = session.getSnapshot()
  return link.slice(link.indexOf('#') + 1)
}
