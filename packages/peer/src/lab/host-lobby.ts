// Who is in the host's lobby, and what each participant is told of its seat there: its mark and its name. Knows no run.
import type { Participant } from '@swarmdrop/core/signaling'
import { type LobbyParticipant, lobbyOf, type ReachTrouble } from './lobby'
import { type KnownMarks, Marks } from './marks'
import type { FromHost } from './messages'

export class HostLobby {
  readonly #marks: Marks
  readonly #tell: (seat: number, message: FromHost) => void
  /** Whose pages are in the background. */
  readonly #hidden = new Set<number>()
  /** What each participant was told last. */
  readonly #told = new Map<number, string>()
  #lobby: LobbyParticipant[] = []

  /** `known`: marks from before a reload. */
  constructor(known: KnownMarks | undefined, tell: (seat: number, message: FromHost) => void) {
    this.#marks = new Marks(known)
    this.#tell = tell
  }

  /** The marks, to be remembered over a reload. */
  get marks(): KnownMarks {
    return this.#marks.known
  }

  /** Who is in the lobby; gives each newcomer its mark. `areAll`: no other is still to be heard of. */
  lobbyOf(
    participants: readonly Participant[],
    pagePeers: number,
    areAll: boolean,
    troubleOf: (seat: number) => ReachTrouble | undefined,
  ): LobbyParticipant[] {
    const known = { isHidden: (id: number) => this.#hidden.has(id), troubleOf }
    this.#lobby = lobbyOf(participants, pagePeers, this.#marks, areAll, known)
    return this.#lobby
  }

  /** Takes whether a page is in sight. True where that is new. */
  seen(seat: number, inSight: boolean): boolean {
    if (this.#hidden.has(seat) !== inSight) return false
    if (inSight) this.#hidden.delete(seat)
    else this.#hidden.add(seat)
    return true
  }

  /** A participant has come, perhaps as another page than before. */
  greet(seat: number): void {
    this.#told.delete(seat)
    this.#tellSeat(seat)
  }

  /** Tells those who have come what is new to them. */
  tellChanges(): void {
    for (const seat of this.#told.keys()) this.#tellSeat(seat)
  }

  #tellSeat(seat: number): void {
    const known = this.#lobby.find((one) => one.seat === seat)
    if (!known) return
    const { mark, name } = known
    const words = JSON.stringify([mark, name])
    if (this.#told.get(seat) === words) return
    this.#told.set(seat, words)
    this.#tell(seat, { type: 'seat', mark, name })
  }
}
