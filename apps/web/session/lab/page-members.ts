// The peers of a run that live in this page: the server and those that the teacher added. Opens them one after another, and
// keeps what each holds while it is away. Knows nothing of rooms or results.
import { Bitfield, type ClockPort, lies, type Role } from '@swarmdrop/core'
import type { Company } from '../swarm-connection'
import type { SharedClock } from './clocks'
import { LabPeer } from './lab-peer'
import type { Material, RunContent } from './material'
import type { PeerStatus } from './messages'
import { openPageStore } from './page-stores'

/** A machine that opens thirty peers at once answers nobody for a second. */
const STAGGER_MS = 40

type PageMember = {
  role: Role
  company: Required<Company>
  held: Bitfield
  peer: LabPeer | undefined
  clock: ClockPort
}

export type PageMembersOptions = {
  trackerUrl: string
  run: RunContent
  material: Material
  clock: SharedClock
  /** One of them has the whole file, just now. */
  completed: (id: string) => void
}

export class PageMembers {
  readonly #options: PageMembersOptions
  readonly #members = new Map<string, PageMember>()
  #opening: { id: string; begun: boolean }[] = []
  #staggering: ReturnType<typeof setTimeout> | undefined
  #begun = false

  constructor(options: PageMembersOptions) {
    this.#options = options
  }

  add(id: string, role: Role, company: Required<Company>): void {
    const { chunkCount } = this.#options.run.content.layout
    const holdsAll = role.behaviour === 'server' || lies(role.behaviour)
    const held = holdsAll ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)
    this.#members.set(id, { role, company, held, peer: undefined, clock: this.#options.clock.open() })
  }

  has(id: string): boolean {
    return this.#members.has(id)
  }

  open(id: string, begun: boolean): void {
    this.#opening.push({ id, begun })
    this.#staggering ??= setTimeout(() => this.#openNext(), 0)
  }

  /** All that are here fetch from now on. */
  begin(): void {
    this.#begun = true
    for (const { peer } of this.#members.values()) peer?.begin()
  }

  /** Looks for others once more. */
  findPeers(id: string): void {
    this.#members.get(id)?.peer?.findPeers()
  }

  /** Undefined while it is not here. */
  status(id: string): PeerStatus | undefined {
    return this.#members.get(id)?.peer?.status()
  }

  close(id: string): void {
    this.#opening = this.#opening.filter((waiting) => waiting.id !== id)
    const member = this.#members.get(id)
    member?.peer?.close()
    if (member) member.peer = undefined
  }

  closeAll(): void {
    clearTimeout(this.#staggering)
    this.#opening = []
    for (const id of this.#members.keys()) this.close(id)
  }

  #openNext(): void {
    this.#staggering = undefined
    const next = this.#opening.shift()
    const member = next && this.#members.get(next.id)
    if (next && member && !member.peer) this.#start(next.id, member, next.begun)
    if (this.#opening.length > 0) this.#staggering = setTimeout(() => this.#openNext(), STAGGER_MS)
  }

  #start(id: string, member: PageMember, begun: boolean): void {
    const { trackerUrl, run, material, completed } = this.#options
    const { role, company, held, clock } = member
    const fetches = !held.isComplete
    let told = !fetches
    const peer = new LabPeer({
      trackerUrl,
      run,
      role,
      company,
      held,
      clock,
      store: openPageStore(material.bytes, run.content.layout, role.behaviour),
      changed: () => {
        if (told || !held.isComplete) return
        told = true
        completed(id)
      },
    })
    member.peer = peer
    // A late one comes into a swarm that is under way.
    if (begun || this.#begun) peer.begin()
  }
}
