// Who of a run comes on the podium: the first three, the last, and who gave most. Pure; draws nothing.
import type { RunView } from '@swarmdrop/peer/lab'

export type Ranked = { id: string; name: string; mark: number; seconds: number }
export type Podium = {
  mode: RunView['experiment']['mode']
  /** The first, in order; three at most. */
  first: Ranked[]
  /** The last; undefined where nobody comes after the first. */
  last: Ranked | undefined
  /** Who gave most; undefined where no peer gave anything. */
  giver: { id: string; name: string; mark: number; bytes: number } | undefined
}

/** The podium; undefined while the run lasts, and where nobody has got the file. */
export function podiumOf({ phase, experiment, participants, frame, matrix }: RunView): Podium | undefined {
  if (phase !== 'done') return undefined
  const ranked = participants
    .flatMap(({ id, name, mark, behaviour, completedAfterMs }): Ranked[] =>
      behaviour === 'server' || completedAfterMs === undefined
        ? []
        : [{ id, name, mark, seconds: completedAfterMs / 1000 }],
    )
    .sort((a, b) => a.seconds - b.seconds)
  if (ranked.length === 0) return undefined
  const given = frame.peers.map(({ id, name, mark = 0, role }, index) => ({
    id,
    name,
    mark,
    bytes: role === 'server' ? 0 : (matrix[index] ?? []).reduce((sum, bytes) => sum + bytes, 0),
  }))
  const giver = given.reduce((most, one) => (one.bytes > most.bytes ? one : most), {
    id: '',
    name: '',
    mark: 0,
    bytes: 0,
  })
  return {
    mode: experiment.mode,
    first: ranked.slice(0, 3),
    last: ranked.length > 3 ? ranked.at(-1) : undefined,
    giver: giver.bytes > 0 ? giver : undefined,
  }
}
