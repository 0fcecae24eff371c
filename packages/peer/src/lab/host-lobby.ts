// Who is in the host's lobby, and what each participant is told of its seat there: its mark and its name. Knows no run.
import type { Participant } from '@swarmdrop/core/signaling'
import { type LobbyMember, lobbyOf, type ReachTrouble } from './lobby'
import { type KnownMarks, Marks } from './marks'
import type { FromHost } from './messages'

export class HostLobby {
  readonly #marks: Marks
  readonly #tell: (participant: number, message: FromHost) => void
  /** Whose pages are in the background. */
  readonly #hidden = new Set<number>()
  /** What each participant was told last. */
  readonly #told = new Map<number, string>()
  #members: LobbyMember[] = []

  /** `known`: marks from before a reload. */
  constructor(known: KnownMarks | undefined, tell: (participant: number, message: FromHost) => void) {
    this.#marks = new Marks(known)
    this.#tell = tell
  }

  /** The marks, to be remembered over a reload. */
  get marks(): KnownMarks {
    return this.#marks.known
  }

  /** Gives each newcomer its mark. `areAll`: no other is still to be heard of. */
  membersOf(
    participants: readonly Participant[],
    pagePeers: number,
    areAll: boolean,
    troubleOf: (participant: number) => ReachTrouble | undefined,
  ): LobbyMember[] {
    const known = { isHidden: (id: number) => this.#hidden.has(id), troubleOf }
    this.#members = lobbyOf(participants, pagePeers, this.#marks, areAll, known)
    return this.#members
  }

  /** Takes whether a page is in sight. True where that is new. */
  seen(participant: number, inSight: boolean): boolean {
    if (this.#hidden.has(participant) !== inSight) return false
    if (inSight) this.#hidden.delete(participant)
    else this.#hidden.add(participant)
    return true
  }

  /** A participant has come, perhaps as another page than before. */
  greet(participant: number): void {
    this.#told.delete(participant)
    this.#tellSeat(participant)
  }

  /** Tells those who have come what is new to them. */
  tellChanges(): void {
    for (const participant of this.#told.keys()) this.#tellSeat(participant)
  }

  #tellSeat(participant: number): void {
    const member = this.#members.find((one) => one.participant === participant)
    if (!member) return
    const { mark, name } = member
    const words = JSON.stringify([mark, name])
    if (this.#told.get(participant) === words) return
    this.#told.set(participant, words)
    this.#tell(participant, { type: 'seat', mark, name })
  }
}
