// Who would take part in a run now, and under which mark each is known. Knows neither room nor run.
import type { Participant } from '@swarmdrop/core/signaling'
import type { Marks } from './marks'
import type { Stage } from './run-events'

/** `seat`: its number in the room; undefined: it lives at the host. */
export type LobbyParticipant = {
  id: string
  name: string
  /** The same in every picture and on every page. */
  mark: number
  seat: number | undefined
  /** Whether the participant is on the line at this moment. */
  present: boolean
  /** Whether the participant's page is in sight. */
  inSight: boolean
  /** The trouble that the last check of connections found; absent: none, or nothing is known. */
  trouble?: ReachTrouble
}

/** The participant reaches nobody, or everybody through the server alone. */
export type ReachTrouble = 'nobody' | 'server'

/**
 * Whether somebody can begin. `hidden`: its page is in the background; `connecting`: to the others of a run; `cut-off`:
 * it was found to reach nobody; `slow`: through the server alone.
 */
export type Light = 'ready' | 'connecting' | 'hidden' | 'away' | 'cut-off' | 'slow'

/** `stages`: of the run that is being set up, by participant. */
export function lightOf(
  { id, present, inSight, trouble }: LobbyParticipant,
  stages: ReadonlyMap<string, Stage>,
): Light {
  if (!present) return 'away'
  if (stages.get(id) === 'connecting') return 'connecting'
  if (!inSight) return 'hidden'
  if (trouble === 'nobody') return 'cut-off'
  return trouble === 'server' ? 'slow' : 'ready'
}

type KnownOfPages = {
  isHidden(seat: number): boolean
  troubleOf(seat: number): ReachTrouble | undefined
}

/**
 * Participants first: in a sweep, who is there should take part in as many runs as can be. Gives each newcomer its
 * mark. `areAll`: no other is still to be heard of. `isHidden`: this participant's page is in the background;
 * `troubleOf`: how it is reached.
 */
export function lobbyOf(
  participants: readonly Participant[],
  pagePeers: number,
  marks: Marks,
  areAll: boolean,
  { isHidden, troubleOf }: KnownOfPages = { isHidden: () => false, troubleOf: () => undefined },
): LobbyParticipant[] {
  const joined = participants.map(({ id, name, present }) => {
    const trouble = troubleOf(id)
    const of = { id: `student-${id}`, name, seat: id, present, inSight: !isHidden(id) }
    return trouble === undefined ? of : { ...of, trouble }
  })
  const atHost = Array.from({ length: pagePeers }, (_, i) => ({
    id: `page-${i + 1}`,
    name: `Peer ${i + 1}`,
    seat: undefined,
    present: true,
    inSight: true,
  }))
  const all = [...joined, ...atHost]
  const ids = all.map(({ id }) => id)
  marks.settle(ids, areAll)
  return all.map((participant) => ({ ...participant, mark: marks.of(participant.id) }))
}
