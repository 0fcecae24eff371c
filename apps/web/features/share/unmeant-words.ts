// What is said of things that people rarely mean to share. Pure; knows nothing of how it is drawn.
import type { Unmeant } from '../../session'
import { countOf } from '../ui/format'

const WHY: Record<Unmeant['kind'], string> = {
  private: 'may hold passwords or keys',
  hidden: 'hidden',
  made: 'made by the system or a program, and made again when needed',
}

export const unmeantWhy = ({ kind }: Unmeant): string => WHY[kind]

/** How many there are, in words; undefined: it is the one file of this name. */
export function unmeantCount({ files, folder }: Unmeant): string | undefined {
  return files > 1 || folder ? countOf(files, 'file') : undefined
}

type Asked = { unmeant: readonly Unmeant[]; count: number; rest: number }

export function askingWords({ unmeant, count, rest }: Asked): { question: string; detail: string } {
  const [only, second] = unmeant
  const detail = 'Everyone with the link can read everything that is shared.'
  if (rest > 0 || !only || second) {
    // A key that lies open, or what a program has installed.
    const areHidden = unmeant.every(({ name }) => name.startsWith('.'))
    const question = areHidden ? 'Share the hidden files too?' : 'Share these files too?'
    return { question, detail: `${detail} Among ${countOf(count, 'file')} are these:` }
  }
  return { question: `Share “${only.name}”?`, detail }
}
