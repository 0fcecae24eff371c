// Where others can open this page, if its own address opens on this computer only. Knows no link.
import { Snapshots } from '@swarmdrop/peer'
import { askAddresses } from '../adapters/network/addresses'
import { trackerUrl } from './page-setup'

/**
 * `originForOthers`: as `http://192.168.1.5:3000`; undefined: none is known. `onlyHere`: this page's own is wanted all
 * the same.
 */
export type PageAddress = { isKnown: boolean; originForOthers: string | undefined; onlyHere: boolean }

const snapshots = new Snapshots<PageAddress>({ isKnown: false, originForOthers: undefined, onlyHere: false })
let asked = false

/** The address of the page, for all links in it. */
export const pageAddress = {
  getSnapshot: () => snapshots.get(),
  subscribe: (onChange: () => void) => snapshots.subscribe(onChange),
  setOnlyHere: (onlyHere: boolean) => snapshots.change({ onlyHere }),
}

/** Whether a page at this address opens on this computer only. */
export const opensOnlyHere = (url: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

/** Asks for it, so that it is known by the time that there is a link. */
export function expectAddress(): void {
  if (asked || !opensOnlyHere(window.location.href)) return
  asked = true
  // A laptop that was on no network is on one now, or on another.
  window.addEventListener('online', () => void ask())
  void ask()
}

async function ask(): Promise<void> {
  // In development, page and server are two, and others cannot open the page.
  const isServed = new URL(trackerUrl()).origin === window.location.origin
  const [originForOthers] = isServed ? await askAddresses(trackerUrl()) : []
  snapshots.change({ isKnown: true, originForOthers })
}
