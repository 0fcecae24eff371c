// Two machines' networks with one cable between them that can be pulled. Knows nothing of what runs in them.
import type { Browser } from '@playwright/test'
import { Namespace } from '../../tooling/namespace'

type Side = 'near' | 'far'
const ADDRESSES: Record<Side, string> = { near: '10.77.0.1', far: '10.77.0.2' }

export class TwoNetworks {
  readonly #sides: Record<Side, Namespace>

  private constructor(sides: Record<Side, Namespace>) {
    this.#sides = sides
  }

  /** Undefined where this user may not make networks. */
  static async open(): Promise<TwoNetworks | undefined> {
    try {
      const near = await Namespace.make()
      const far = await near.another()
      near.ip(`link add cable type veth peer name cable netns ${far.pid}`)
      for (const [side, other] of [
        ['near', 'far'],
        ['far', 'near'],
      ] as const) {
        // Chromium takes for its own address the one by which it would reach the Internet.
        const route = `route add default via ${ADDRESSES[other]}`
        const up = `link set lo up\nlink set cable up\n${route}`
        ;({ near, far })[side].ip(`addr add ${ADDRESSES[side]}/24 dev cable\n${up}`)
      }
      return new TwoNetworks({ near, far })
    } catch {
      return undefined
    }
  }

  address(side: Side): string {
    return ADDRESSES[side]
  }

  /** What to put before a command, so that it runs there. */
  within(side: Side): string[] {
    return this.#sides[side].within
  }

  /**
   * A Chromium there, which shows its address: nobody answers mDNS. `wrapper`: a path for the script that starts it.
   */
  launch(side: Side, wrapper: string): Promise<Browser> {
    return this.#sides[side].launch(wrapper, { hidesAddresses: false })
  }

  /** Pulls the cable: both ends see that it is out, as of a network that is switched off. */
  pull(): void {
    this.#sides.far.ip('link set cable down')
  }

  plug(): void {
    this.#sides.far.ip('link set cable up')
  }

  close(): void {
    for (const side of Object.values(this.#sides)) side.close()
  }
}
