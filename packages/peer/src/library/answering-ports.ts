// The library's ports as they are where a browser's storage may never answer: each call has its time. Knows nothing of
// what is kept.
import { Patience } from './patience'
import type { LibraryPorts, RecoverableStore, Shelf } from './shelves'

/** The time for what may have to wait for another page that is just going: a claim, a file that it has open. */
const OTHER_PAGE_MS = 6_000

/**
 * Ports that answer in time: what does not rejects with StoreError, and a question about space gets no answer. An
 * answer that comes late is undone.
 */
export function answeringPorts<Store extends RecoverableStore>(ports: LibraryPorts<Store>): LibraryPorts<Store> {
  const { time, space } = ports
  const claims = new Patience(time)
  const estimates = new Patience(time)
  const shelves = new Map<string, Patience>()
  const patienceFor = ({ place }: Shelf<Store>) => {
    const patience = shelves.get(place) ?? new Patience(time)
    shelves.set(place, patience)
    return patience
  }
  return {
    ...ports,
    claim: (id) => claims.ask(() => ports.claim(id), { ms: OTHER_PAGE_MS, late: (release) => release?.() }),
    shelves: () => ports.shelves().map((shelf) => answeringShelf(shelf, patienceFor(shelf))),
    space: {
      missingBytes: (bytes) => estimates.ask(() => space.missingBytes(bytes)).catch(() => 0),
      problem: (bytes) => estimates.ask(() => space.problem(bytes)).catch(() => undefined),
    },
  }
}

const answeringShelf = <Store extends RecoverableStore>(shelf: Shelf<Store>, patience: Patience): Shelf<Store> => ({
  place: shelf.place,
  open: (...place) => patience.ask(() => shelf.open(...place), { ms: OTHER_PAGE_MS, late: (store) => store.close() }),
  remove: (id) => patience.ask(() => shelf.remove(id), { ms: OTHER_PAGE_MS }),
  ids: () => patience.ask(() => shelf.ids()),
})
