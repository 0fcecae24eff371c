// The passwords of this page's transfers, as other tabs of this browser set them. Knows nothing of how a key is made.
import type { Transfer } from '@swarmdrop/peer'
import { PasswordFollower } from './password-follower'
import { hearPasswordKey, passwordKeyOf } from './password-keys'
import { retryUntilDone } from './retry-until-done'

const followers = new WeakMap<object, PasswordFollower>()

export const gateFor = async (key: Uint8Array) =>
  (await retryUntilDone(() => import('./password-gate'))).passwordGate(key)

type Followed = Pick<Transfer, 'leave' | 'comeBack' | 'setGate' | 'onClosed'>

/**
 * `known`: the key that it has begun with. Gives what looks whether there is another, as one hears nothing while it is
 * put away.
 */
export function followPassword(transfer: Followed, id: string, known: Uint8Array | undefined): () => Promise<void> {
  const follower = new PasswordFollower({ keyOf: () => passwordKeyOf(id), newGate: gateFor }, known)
  followers.set(transfer, follower)
  const look = () => follower.look(transfer)
  transfer.onClosed(hearPasswordKey(id, () => void look()))
  return look
}

/** This page has set its password, or taken it off. */
export function notePassword(transfer: object, key: Uint8Array | undefined): void {
  followers.get(transfer)?.note(key)
}
