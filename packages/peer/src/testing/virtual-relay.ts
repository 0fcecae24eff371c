// The virtual tracker's ways through itself: what the real one does for honest peers (apps/tracker's relay.ts), and
// what a hostile one may do instead. Knows no budget but one rate for each way.
import type { VirtualTime } from './virtual-time'

export type RelayedPiece = { pair: string; sealed: string }
/** A line of the virtual tracker. */
type RelayedLine = { deliver(event: string, payload: unknown): void }
type Side = { line: RelayedLine; freeAtMs: number }
type Pair = { from: string; to: string; sides: Side[] }

export class VirtualRelay {
  isOn = false
  /** The rate of each way. */
  bytesPerSecond = 1_000_000
  /** What is delivered in place of a piece, in the hands of an attacker. */
  tamper: (piece: RelayedPiece) => RelayedPiece[] = (piece) => [piece]
  /** All that was carried. */
  readonly carried: RelayedPiece[] = []
  readonly #time: VirtualTime
  readonly #pairs = new Map<string, Pair>()

  constructor(time: VirtualTime) {
    this.#time = time
  }

  /** Pairs that stand. */
  get size(): number {
    return [...this.#pairs.values()].filter(({ sides }) => sides.length === 2).length
  }

  /** `from`: the member that the line is. */
  open(line: RelayedLine, from: string, { to, pair: name }: { to: string; pair: string }): object {
    if (!this.isOn) return { refused: 'relay-off' }
    const known = this.#pairs.get(name)
    if (!known) {
      this.#pairs.set(name, { from, to, sides: [{ line, freeAtMs: 0 }] })
      return {}
    }
    if (known.sides.length > 1 || known.from !== to || known.to !== from) return { refused: 'invalid' }
    known.sides.push({ line, freeAtMs: 0 })
    for (const side of known.sides) side.line.deliver('relay-opened', { pair: name })
    return {}
  }

  heard(line: RelayedLine, event: string, content: Record<string, unknown>): void {
    const name = String(content.pair)
    const pair = this.#pairs.get(name)
    const other = pair?.sides.find((side) => side.line !== line)
    if (!pair?.sides.some((side) => side.line === line)) return
    if (event === 'relay-stop') return this.#end(name, line)
    if (!other) return
    if (event === 'relay-read') return other.line.deliver('relay-read', content)
    const piece = { pair: name, sealed: String(content.sealed) }
    this.carried.push(piece)
    const startMs = Math.max(this.#time.now(), other.freeAtMs)
    other.freeAtMs = startMs + (piece.sealed.length / this.bytesPerSecond) * 1000
    this.#time.after(other.freeAtMs - this.#time.now(), () => {
      for (const delivered of this.tamper(piece))
        if (this.#pairs.get(name) === pair) other.line.deliver('relay', delivered)
    })
  }

  /** The line is gone. */
  forget(line: RelayedLine): void {
    for (const [name, { sides }] of [...this.#pairs])
      if (sides.some((side) => side.line === line)) this.#end(name, line)
  }

  #end(name: string, by: RelayedLine): void {
    const sides = this.#pairs.get(name)?.sides ?? []
    this.#pairs.delete(name)
    for (const { line } of sides) if (line !== by) line.deliver('relay-ended', { pair: name })
  }
}
