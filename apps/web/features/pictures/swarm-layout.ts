// Where each peer stands in the picture: the server in the middle, the others around it. Anyone who is there stays; a
// newcomer takes the widest gap, and its neighbours move aside a little. Knows nothing of canvas.
import { forceManyBody, forceRadial, forceSimulation, type Simulation, type SimulationNodeDatum } from 'd3-force'

/** A point of the unit circle. */
export type Point = { x: number; y: number }
type Node = SimulationNodeDatum & Point & { id: string }

/** The sunflower's angle: every newcomer lands far from all who came shortly before. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
const RING = 1
// Cool enough that nobody is thrown about, warm enough that a gap closes within a second.
const STIRRED = 0.35

export class SwarmLayout {
  readonly #nodes = new Map<string, Node>()
  /** The one in the middle: once somebody stands there, they stay, also while they are away. */
  #middle: string | undefined
  readonly #forces: Simulation<Node, undefined>

  constructor() {
    // All chance is the library's own fixed sequence: the same peers always stand the same way.
    this.#forces = forceSimulation<Node>([])
      .force('ring', forceRadial<Node>(RING).strength(ofThoseWhoMove(0.9)))
      .alphaDecay(0.06)
      .velocityDecay(0.55)
      .stop()
  }

  /** `ids` in the order of their numbers; `middle`: who stands there. */
  setPeers(ids: readonly string[], middle: string | undefined): void {
    const isNewMiddle = middle !== undefined && middle !== this.#middle
    const same = ids.length === this.#nodes.size && ids.every((id) => this.#nodes.has(id))
    if (same && !isNewMiddle) return
    this.#middle = middle ?? this.#middle
    const isFirst = this.#nodes.size === 0
    for (const id of [...this.#nodes.keys()]) if (!ids.includes(id)) this.#nodes.delete(id)
    ids.forEach((id, i) => {
      if (this.#nodes.has(id)) return
      const angle = i * GOLDEN_ANGLE - Math.PI / 2
      this.#nodes.set(id, { id, x: Math.cos(angle), y: Math.sin(angle) })
    })
    const inMiddle = this.#nodes.get(this.#middle ?? '')
    if (inMiddle) Object.assign(inMiddle, { x: 0, y: 0, fx: 0, fy: 0 })
    const crowd = Math.max(1, ids.length)
    const apart = forceManyBody<Node>()
      .strength((node) => (node.fx === 0 ? 0 : -0.8 / crowd))
      .distanceMin(0.05)
    this.#forces
      .nodes([...this.#nodes.values()])
      .force('apart', apart)
      .alpha(STIRRED)
    // The first crowd is found in its places; only later ones are seen to make room.
    if (isFirst) for (let i = 0; i < 200; i++) this.step()
  }

  /** Moves all a little; false when everybody stands. */
  step(): boolean {
    if (this.#forces.alpha() < this.#forces.alphaMin()) return false
    this.#forces.tick()
    return true
  }

  /** Where a peer stands: never outside of the ring, however they push. */
  pointOf(id: string): Point {
    const { x, y } = this.#nodes.get(id) ?? { x: 0, y: 0 }
    const beyond = Math.max(1, Math.hypot(x, y))
    return { x: x / beyond, y: y / beyond }
  }
}

const ofThoseWhoMove = (strength: number) => (node: Node) => (node.fx === 0 ? 0 : strength)
