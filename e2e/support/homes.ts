// Homes behind routers of their own, and an open network between them on which servers stand, each in a network of its
// own. Knows nothing of what runs there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { Namespace } from '../../tooling/namespace'
import { once } from './once'
import { type RouterKind, routerRules } from './router'

/** An address of the open network (RFC 5737), where browsers take every address for a public one. */
const openAddress = (number: number) => `203.0.113.${number}`
/** The same of IPv6 (RFC 3849). */
const openAddress6 = (number: number) => `2001:db8::${number}`
const CORE = openAddress(254)
const INSIDE = '192.168.1.2'
/** The address of the one that routes, on each of its wires. */
const ROUTER6 = 'fe80::1'

/** The address of a page on the open network, for a browser that has IPv6 alone. */
export const overIpv6 = (url: string): string =>
  url.replace(/203\.0\.113\.(\d+)/, (_, number) => `[${openAddress6(Number(number))}]`)

export class Homes {
  readonly #core: Namespace
  readonly #namespaces: Namespace[]
  readonly #homes = new Map<number, Promise<Home>>()
  readonly #servers = new Map<number, Promise<Server>>()
  readonly #directory = mkdtempSync(join(tmpdir(), 'homes-'))

  /** `core` routes between all on the open network; no two of them share a wire, over which mDNS would be heard. */
  private constructor(core: Namespace) {
    this.#core = core
    this.#namespaces = [core]
  }

  /** Undefined where this user may not make networks, or nftables is not installed. */
  static async open(): Promise<Homes | undefined> {
    const core = await Namespace.make().catch(() => undefined)
    if (!core) return undefined
    try {
      core.run(['nft', 'list', 'ruleset'])
      forwarding(core)
      return new Homes(core)
    } catch {
      core.close()
      return undefined
    }
  }

  /** A machine on the open network. The number is of your choice, from 1 to 99; the same is the same. */
  server(number: number): Promise<Server> {
    return once(this.#servers, number, async () => {
      const namespace = await this.#namespace()
      const address = openAddress(number)
      this.#connect(namespace, number, 'net', address)
      return { address, namespace }
    })
  }

  /**
   * A home with one machine and one browser, behind a router of that kind from now on. From 0 to 9; the same is the
   * same.
   */
  async home(number: number, kind: RouterKind): Promise<Home> {
    const home = await once(this.#homes, number, () => this.#build(number))
    home.become(kind)
    return home
  }

  async close(): Promise<void> {
    const homes = await Promise.allSettled(this.#homes.values())
    await Promise.all(homes.map((home) => home.status === 'fulfilled' && home.value.browser.close()))
    for (const namespace of this.#namespaces) namespace.close()
    rmSync(this.#directory, { recursive: true })
  }

  async #build(number: number): Promise<Home> {
    const [router, machine] = [await this.#namespace(), await this.#namespace()]
    const outside = openAddress(100 + number)
    const outside6 = openAddress6(100 + number)
    const gateway = openAddress(200 + number)
    forwarding(router)
    this.#connect(router, 200 + number, 'wan', gateway)
    this.#core.ip(`route add ${outside} via ${gateway}\nroute add ${outside6} via ${openAddress6(200 + number)}`)
    router.ip(`link add lan type veth peer name net netns ${machine.pid}`)
    // Where there is a translation, what comes for the address outside has another by the time that it is routed.
    router.ip(`addr add 192.168.1.1/24 dev lan\nlink set lan up\nroute add ${outside} dev lan`)
    router.ip(`addr add ${ROUTER6}/64 dev lan nodad\nroute add ${outside6} dev lan`)
    machine.ip(`addr add ${INSIDE}/24 dev net\naddr add ${outside}/32 dev net\nlink set net up`)
    machine.ip(`addr add ${outside6}/128 dev net nodad`)
    // As browsers do it by default: pages learn no address of the machine.
    const browser = await machine.launch(join(this.#directory, `chromium-${number}`), { hidesAddresses: true })
    return new Home(router, machine, outside, browser)
  }

  async #namespace(): Promise<Namespace> {
    const namespace = await this.#core.another()
    this.#namespaces.push(namespace)
    namespace.ip('link set lo up')
    return namespace
  }

  #connect(namespace: Namespace, number: number, device: string, address: string): void {
    this.#core.ip(`link add to-${number} type veth peer name ${device} netns ${namespace.pid}`)
    this.#core.ip(`addr add ${CORE} peer ${address} dev to-${number}\nlink set to-${number} up`)
    namespace.ip(`addr add ${address} peer ${CORE} dev ${device}\nlink set ${device} up\nroute add default via ${CORE}`)
    this.#core.ip(`addr add ${ROUTER6}/64 dev to-${number} nodad\nroute add ${openAddress6(number)} dev to-${number}`)
    namespace.ip(
      `addr add ${openAddress6(number)}/128 dev ${device} nodad\nroute add default via ${ROUTER6} dev ${device}`,
    )
  }
}

export type Server = { address: string; namespace: Namespace }

export class Home {
  readonly #router: Namespace
  readonly #machine: Namespace
  readonly #outside: string

  constructor(
    router: Namespace,
    machine: Namespace,
    outside: string,
    readonly browser: Browser,
  ) {
    this.#router = router
    this.#machine = machine
    this.#outside = outside
  }

  /** The machine has both addresses, so that its browser notices nothing; it speaks under the one that fits. */
  become(kind: RouterKind): void {
    this.#router.run(['nft', '-f', '-'], routerRules(kind, this.#outside))
    const own = kind === 'open' ? this.#outside : INSIDE
    const [to, to6] = [`via 192.168.1.1 src ${own}`, `via ${ROUTER6} dev net`]
    // Of one kind of address alone: without a way out, a browser offers none of the other.
    this.#machine.run(['ip', kind === 'ipv6' ? '-4' : '-6', 'route', 'flush', 'exact', 'default'])
    this.#machine.ip(`route replace default ${kind === 'ipv6' ? to6 : to}`)
  }
}

function forwarding(namespace: Namespace): void {
  const switches = ['ipv4/ip_forward', 'ipv6/conf/all/forwarding']
  namespace.run(['sh', '-c', switches.map((file) => `echo 1 > /proc/sys/net/${file}`).join('\n')])
}
