// Temporary files in the browser's private file system (OPFS), each gone soon after its page is. Knows not what is in them.

const ROOT = 'swarmdrop'
const FILE = 'content'

/** Only on secure origins. A browser may have it and still refuse to use it, in private windows for one. */
export function hasFileSystem(): boolean {
  return typeof navigator.storage?.getDirectory === 'function' && typeof Worker !== 'undefined'
}

/** One temporary file, in a directory of its own that is locked while this page needs it. */
export type Scratch = { name: string; free(): Promise<void>; release(): void }

/** `free` deletes it now; `release` leaves it to the next sweep. Only on origins with OPFS. */
export async function openScratch(): Promise<Scratch> {
  const name = crypto.randomUUID()
  // Locked before it exists: a sweep in another tab never sees it unlocked.
  const release = await hold(lockName(name))
  const free = async () => {
    await deleteScratch(name)
    release()
  }
  return { name, free, release }
}

/** Made when it is not there. Windows and workers both find it by its name. */
export async function scratchFile(name: string): Promise<FileSystemFileHandle> {
  const directory = await (await root()).getDirectoryHandle(name, { create: true })
  return directory.getFileHandle(FILE, { create: true })
}

/** Deletes what pages that are gone have left behind. */
export async function sweepScratch(): Promise<void> {
  // Without locks nobody can tell whose page is gone.
  if (!navigator.locks) return
  const names: string[] = []
  for await (const name of (await root()).keys()) names.push(name)
  const sweep = (name: string) =>
    navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (lock) await deleteScratch(name)
    })
  await Promise.all(names.map(sweep))
}

async function deleteScratch(name: string): Promise<void> {
  try {
    await (await root()).removeEntry(name, { recursive: true })
  } catch {
    // Still open somewhere, or already gone: a later sweep sees to it.
  }
}

async function root(): Promise<FileSystemDirectoryHandle> {
  const storage = await navigator.storage.getDirectory()
  return storage.getDirectoryHandle(ROOT, { create: true })
}

/** Resolves when the lock is held, with the way to let go of it; the browser does so when the page ends. */
function hold(name: string): Promise<() => void> {
  if (!navigator.locks) return Promise.resolve(() => {})
  return new Promise((resolve, reject) => {
    const whileHeld = () => new Promise<void>((release) => resolve(release))
    navigator.locks.request(name, whileHeld).catch(reject)
  })
}

function lockName(scratch: string): string {
  return `${ROOT}/${scratch}`
}
