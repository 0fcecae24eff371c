// What a receiver's page says of a password. Knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'

export const passwordWords = {
  needed: 'Whoever shares this has set one. It does not come with the link: ask them for it.',
  trying: 'Asking those who are there…',
  wrong: 'That is not the password. Small and capital letters differ.',
  silent: 'Nobody answers now. This page goes on trying with what you have typed.',
  busy: 'Too many wrong passwords were tried. This page tries yours again by itself, as soon as it may.',
  none: 'The sender may have removed the password; or somebody who does not know it says so. If you go on without, everybody who has the link can fetch from this page what has arrived here.',
}

/** Whether the person has something to type or to decide before anything goes on. Who has everything needs nobody. */
export const asksPassword = ({ password, phase }: TransferSnapshot): boolean =>
  password !== undefined && password !== 'set' && phase !== 'complete'
