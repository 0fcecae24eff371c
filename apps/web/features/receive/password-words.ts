// What a receiver's page says of a password. Knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'

export const passwordWords = {
  needed: 'The sender has set one. It is not part of the link: ask them for it.',
  trying: 'Asking the people who are here…',
  wrong: 'Wrong password. Capital and small letters differ.',
  silent: 'Nobody answers right now. This page keeps trying what you typed.',
  busy: 'Too many wrong passwords were tried. This page will try yours again automatically.',
  none: 'The sender may have removed the password, or somebody who does not know it says so. If you continue without, everyone who has the link can download from this page.',
}

/** Whether the person has something to type or to decide before anything goes on. Who has everything needs nobody. */
export const asksPassword = ({ password, phase }: TransferSnapshot): boolean =>
  password !== undefined && password !== 'set' && phase !== 'complete'
