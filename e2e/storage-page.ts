// The web app's adapters, put where a test can reach them in a page. Bundled by storage-origin.ts, never shipped.
import { buildContent, CHUNK_BYTES, layoutOf } from '@swarmdrop/core'
import { type Rtc, simplePeerLinks } from '@swarmdrop/peer'
import {
  type Check,
  claimChecks,
  clockChecks,
  type KeptPlace,
  keepingChecks,
  linkChecks,
  receiverChecks,
  recordChecks,
  runChunksChecks,
  type Until,
} from '@swarmdrop/peer/testing'
import { pickedFromInput } from '../apps/web/adapters/files/picking'
import { sha256 } from '../apps/web/adapters/hashing/digest'
import { hashFiles } from '../apps/web/adapters/hashing/hash-files'
import { browserRecords } from '../apps/web/adapters/keeping/browser-records'
import { Claims } from '../apps/web/adapters/keeping/claims'
import { saveFile, saveZip } from '../apps/web/adapters/saving/saving'
import type { KeptContent } from '../apps/web/adapters/saving/whole-chunks'
import { type Database, openDatabase } from '../apps/web/adapters/stores/database'
import { DatabaseStore } from '../apps/web/adapters/stores/database-store'
import { FileStore } from '../apps/web/adapters/stores/file-store'
import { KeptChunks } from '../apps/web/adapters/stores/kept-chunks'
import { MemoryStore } from '../apps/web/adapters/stores/memory-store'
import { openReceiverStore } from '../apps/web/adapters/stores/open-receiver-store'
import { OpfsStore } from '../apps/web/adapters/stores/opfs-store'
import { type Directory, deleteDirectory, privateFile } from '../apps/web/adapters/stores/private-files'
import type { ReceiverStore } from '../apps/web/adapters/stores/receiver-store'
import { openScratch } from '../apps/web/adapters/stores/scratch'
import {
  blobChecks,
  keptBlobChecks,
  type MakeBlobStore,
  type MakeKeptBlobStore,
} from '../apps/web/adapters/stores/testing/blob-checks'
import { AlarmClock } from '../apps/web/adapters/workers/alarm-clock'

/** The check's name, and what went wrong in it. */
export type CheckResult = { name: string; problem: string | undefined }

/** Places of its own for each check, by number: plain HTTP draws no UUIDs. */
let places = 0

const keptFiles = (): KeptPlace<ReceiverStore> => {
  const directory: Directory = `kept/${++places}`
  return {
    open: (layout, runs) => {
      const free = async (handedOut: boolean) => void (handedOut || (await deleteDirectory(directory)))
      return OpfsStore.open(layout, { directory, free, release() {} }, runs)
    },
    async damage(chunk, { chunkBytes }) {
      const file = await (await privateFile(directory, 'content')).createWritable({ keepExistingData: true })
      await file.write({ type: 'write', position: chunk * chunkBytes + 5, data: new Uint8Array([1, 2, 3, 4]) })
      await file.close()
    },
  }
}

const keptInDatabase = (database: Database) => (): KeptPlace<ReceiverStore> => {
  const id = `content ${++places}`
  return {
    open: (layout) => DatabaseStore.open(database, id, layout, () => {}),
    damage: async (chunk) => void (await database.put('chunks', new Blob(['torn']), [id, chunk])),
  }
}

/** Both contracts: what every receiver's store promises, and what one does that outlives its page. */
async function keptContractResults(where: 'files' | 'database'): Promise<CheckResult[]> {
  const database = await openDatabase()
  if (!database) throw new Error('This browser has no database.')
  const make: MakeKeptBlobStore = where === 'files' ? keptFiles : keptInDatabase(database)
  const receiver: MakeBlobStore = (layout) => make().open(layout)
  return [...(await contractResults(receiver)), ...(await resultsOf([...keepingChecks, ...keptBlobChecks], make))]
}

const contractResults = (make: MakeBlobStore): Promise<CheckResult[]> =>
  resultsOf([...receiverChecks, ...blobChecks], make)

async function resultsOf<Make>(checks: Check<Make>[], make: Make): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const { name, run } of checks) {
    const problem = await run(make).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    results.push({ name, problem })
  }
  return results
}

const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}

/** simple-peer on this browser's WebRTC, both ends in this page. */
function linkResults(): Promise<CheckResult[]> {
  const rtc: Rtc = { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate }
  const openLink = simplePeerLinks(rtc)
  return resultsOf(linkChecks, {
    a: openLink,
    b: openLink,
    until,
    carry: (deliver) => void setTimeout(deliver, 10),
  })
}

const clockResults = (): Promise<CheckResult[]> => resultsOf(clockChecks, { clock: new AlarmClock(), until })

/** Each check on a table without a record. */
function recordResults(): Promise<CheckResult[]> {
  return resultsOf(recordChecks, async () => {
    const database = await openDatabase()
    if (!database) throw new Error('This browser has no database.')
    for (const store of ['transfers', 'manifests', 'pages'] as const) await database.clear(store)
    return browserRecords(database)
  })
}

const runChunksResults = (): Promise<CheckResult[]> =>
  resultsOf(runChunksChecks, (owner, run) => KeptChunks.open(owner, run))

/** Two tabs: what they hear of each other is what two in one page hear. */
function claimResults(): Promise<CheckResult[]> {
  const visitor = () => new Claims(new BroadcastChannel('claims'), navigator.locks, Math.random)
  const [first, second] = [visitor(), visitor()]
  return resultsOf(claimChecks, { first: (id) => first.claim(id), second: (id) => second.claim(id) })
}

/** What was chosen in the page's only input, hashed, with its reports of progress. */
async function hashChosen() {
  const input = document.querySelector('input')
  const reports: number[] = []
  const report = ({ hashedBytes }: { hashedBytes: number }) => reports.push(hashedBytes)
  const { signal } = new AbortController()
  const picked = await pickedFromInput(input?.files ?? [])({ signal, onProgress: () => {} })
  return { ...(await hashFiles(picked.files, report, signal)), reports }
}

/** What a receiver keeps that has received all of what was chosen. */
async function receivedChosen(): Promise<KeptContent> {
  const { files, sources, digests } = await hashChosen()
  const bytes = new Blob(sources)
  const { content, pages } = buildContent(files, digests)
  const store = await openReceiverStore(content.layout)
  for (let chunk = 0; chunk < content.layout.chunkCount; chunk++) {
    const chunkBytes = await bytes.slice(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES).arrayBuffer()
    await store.write(chunk, [new Uint8Array(chunkBytes)], digests.subarray(chunk * 32, (chunk + 1) * 32))
  }
  return { store, content, pages }
}

const adapters = {
  AlarmClock,
  claimResults,
  clockResults,
  contractResults,
  openScratch,
  keptContractResults,
  FileStore,
  hashChosen,
  KeptChunks,
  layoutOf,
  linkResults,
  MemoryStore,
  openReceiverStore,
  OpfsStore,
  receivedChosen,
  recordResults,
  runChunksResults,
  saveFile,
  saveZip,
  sha256,
}

declare global {
  interface Window {
    adapters: typeof adapters
  }
}
window.adapters = adapters
