// What is said of codes that are read aloud, in words for the person. Knows no code.
import type { CodeProblem, CodeSnapshot } from '@swarmdrop/peer/code'

/** Why no link came for a code, and what to do. */
export const problemWords: Record<CodeProblem, string> = {
  nobody: 'Nobody with this code is online. Check the number, and ask whether the sender’s page is still open.',
  'wrong-code':
    'The words are not right. Ask the sender to read them again: after five wrong tries the code is replaced.',
  'used-up': 'This code is used up: somebody tried too many wrong words. Ask the sender for the new one.',
  busy: 'Too many codes are being tried from your network. Try again in a minute, or ask for the link.',
  silent: 'The sender’s page did not answer. Try again, or ask for the link.',
  forged: 'The answer was not from the sender. Try once more; if it happens again, ask for the link.',
  'no-server': 'The server does not answer. Check your connection, then try again.',
}

/** Why the sender's code is another one now, or none can be used; undefined: there is nothing to say. */
export function codeWords({ state, changed, code }: CodeSnapshot): string | undefined {
  if (state === 'stopped')
    return 'The code is switched off: too many wrong words were tried, and somebody may be guessing. Send the link instead.'
  if (state === 'lost') return 'Nobody can use the code until the server answers again.'
  if (code === undefined) return undefined
  if (changed === 'used-up') return 'This is a new code: the old one was replaced after five wrong tries.'
  if (changed === 'taken') return 'This is a new code: the old one’s number was given to somebody else.'
  return undefined
}

export function wrongTriesWords(wrongTries: number): string | undefined {
  if (wrongTries === 0) return undefined
  return wrongTries === 1 ? '1 wrong try' : `${wrongTries} wrong tries`
}
