// What a receiver's page says of a password. Knows nothing of how it is drawn.
import type { TransferSnapshot } from '@swarmdrop/peer'

export const passwordWords = {
  needed: 'Whoever shares this has set one. It does not come with the link: ask them for it.',
  trying: 'Asking those who are there…',
  wrong: 'That is not the password. Small and capital letters differ.',
  silent: 'Nobody answers now. This page goes on trying with what you have typed.',
  busy: 'Too many wrong passwords were tried. This page tries yours again by itself, as soon as it may.',
  none: 'Those who are there ask for none now, and this page still does.',
}

/** Whether the person has something to type or to decide before anything goes on. */
export const asksPassword = ({ password }: TransferSnapshot): boolean => password !== undefined && password !== 'set'
