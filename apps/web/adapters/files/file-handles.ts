// What a browser gives to find a person's files again on another day (File System Access): Chromium, on secure origins.
// Everywhere else there is nothing, and people choose their files again. Knows nothing of sharing.
import { StoreError } from '@swarmdrop/core'

/** The part of a handle's permissions that is used: the types for windows lack it. */
type Permission = { requestPermission?(descriptor: { mode: 'read' }): Promise<PermissionState> }
type Pickers = {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>
  showDirectoryPicker?: (options: { mode: 'read' }) => Promise<FileSystemDirectoryHandle>
}
type Dropped = { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

/** The handle of a dropped thing. Call it within the event. */
export function handleOf(item: DataTransferItem): Promise<FileSystemHandle | undefined> {
  // On plain HTTP Chromium has the method, and ends the page that calls it.
  if (!globalThis.isSecureContext) return Promise.resolve(undefined)
  const giving = (item as Dropped).getAsFileSystemHandle?.() ?? Promise.resolve(null)
  return giving.then(
    (handle) => handle ?? undefined,
    () => undefined,
  )
}

/** A dialog that closes sooner than this was never open. */
const NEVER_OPEN_MS = 200

const pickers = {
  file: () => (window as Pickers).showOpenFilePicker?.({ multiple: true }),
  // Through the input a browser gives the page all files of a folder at once, and stands still until it has made them.
  folder: async () => {
    const folder = await (window as Pickers).showDirectoryPicker?.({ mode: 'read' })
    return folder && [folder]
  },
}
const namesOf = { file: 'showOpenFilePicker', folder: 'showDirectoryPicker' }

export type PickedKind = keyof typeof pickers

/** The kinds of dialog that this browser has refused once, by its settings: they are not asked for again. */
const refused = new Set<PickedKind>()

export const hasPicker = (kind: PickedKind): boolean => !refused.has(kind) && namesOf[kind] in window

/**
 * Opens the system's dialog; empty when it is closed without a choice, undefined when the browser does not open it.
 * Call it within a click.
 */
export async function pickHandles(kind: PickedKind): Promise<FileSystemHandle[] | undefined> {
  const askedAt = performance.now()
  try {
    return (await pickers[kind]()) ?? []
  } catch (error) {
    const isClosed = error instanceof DOMException && error.name === 'AbortError'
    if (isClosed && performance.now() - askedAt > NEVER_OPEN_MS) return []
    refused.add(kind)
    return undefined
  }
}

/** Asks the person, through the browser, unless it knows. Rejects with StoreError when they say no. */
export async function allowReading(handles: readonly FileSystemHandle[]): Promise<void> {
  for (const handle of handles) {
    const state = await (handle as Permission).requestPermission?.({ mode: 'read' })
    if (state === undefined || state === 'granted') continue
    throw new StoreError('unavailable', `The browser may not read “${handle.name}”. Choose it again to share it.`)
  }
}
