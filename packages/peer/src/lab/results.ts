// The runs that were made, as they are exported and imported. Knows nothing of how they were run, nor of where they are
// kept.
import { type Experiment, type ExperimentResult, parseExperiment, peerCountOf } from '@swarmdrop/core/simulation'
import { bindings } from '@swarmdrop/core/theory'
import * as z from 'zod/mini'
import { doubtsOf } from './doubts'

export type LabResult = {
  /** Differs from every other run's. */
  id: string
  experiment: Experiment
  measured: ExperimentResult
  simulated: ExperimentResult
  /** When the run began, as ISO 8601. */
  startedAt: string
  /** The names of the experiment's peers here, in its order. */
  names?: string[] | undefined
  /** What did not go by plan, in words. */
  notes?: string[] | undefined
  /** The share of the time for which the page that led it stood still, from 0 to 1. */
  stoodStillShare?: number | undefined
  /**
   * The share of it for which the uplinks that set its pace, by theory, were held back by their limits, from 0 to 1.
   */
  limitedShare?: number | undefined
  /** A note that somebody wrote about it. */
  note?: string | undefined
  /** Whether the result stays longest, where there is not enough room for all. */
  starred?: boolean | undefined
  /** The run kept whole, as `readRecording` reads it; absent where there was no room for it. */
  recording?: string | undefined
}

/** The oldest go first. A run of 30 peers takes about 8 kB. */
export const MAX_RESULTS = 200
export const MAX_NOTE_CHARACTERS = 500
/** The most notes that a result keeps on what did not go by plan. */
const MAX_NOTES = 50
const MAX_NAME_CHARACTERS = 80
const MAX_DATE_CHARACTERS = 40
const MAX_PEERS = 10_000

const amount = z.number().check(z.gte(0))
const share = z.number().check(z.gte(0), z.lte(1))
const Result = z.object({
  distributionSeconds: z.nullable(amount),
  bounds: z.object({
    clientServer: amount,
    p2p: amount,
    chunked: amount,
    binding: z.enum(bindings),
  }),
  ratio: z.nullable(amount),
  uploadUtilisation: amount,
  serverUploadedBytes: amount,
  peers: z
    .array(
      z.object({
        id: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
        completedAtSeconds: z.nullable(amount),
        uploadedBytes: amount,
        downloadedBytes: amount,
      }),
    )
    .check(z.maxLength(MAX_PEERS)),
})
const Stored = z.object({
  id: z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS))),
  experiment: z.unknown(),
  measured: Result,
  simulated: Result,
  startedAt: z.string().check(z.maxLength(MAX_DATE_CHARACTERS)),
  names: z.optional(z.array(z.string().check(z.maxLength(MAX_NAME_CHARACTERS))).check(z.maxLength(MAX_PEERS))),
  notes: z.optional(z.array(z.string().check(z.maxLength(MAX_NOTE_CHARACTERS))).check(z.maxLength(MAX_NOTES))),
  stoodStillShare: z.optional(share),
  limitedShare: z.optional(share),
  recording: z.optional(z.string()),
  note: z.optional(z.string().check(z.maxLength(MAX_NOTE_CHARACTERS))),
  starred: z.optional(z.boolean()),
})

/** The result with no more notes, and no longer ones, than are read back. */
export function withNotesThatFit(result: LabResult): LabResult {
  const { notes } = result
  if (!notes) return result
  const cut = (note: string) =>
    note.length > MAX_NOTE_CHARACTERS ? `${note.slice(0, MAX_NOTE_CHARACTERS - 1)}…` : note
  return { ...result, notes: notes.slice(0, MAX_NOTES).map(cut) }
}

/** The results in a decoded list. */
export function resultsOf(value: readonly unknown[]): LabResult[] {
  return value.slice(-MAX_RESULTS).flatMap((entry) => {
    const stored = Stored.safeParse(entry)
    if (!stored.success) return []
    const parsed = parseExperiment(stored.data.experiment)
    if (!parsed.ok) return []
    const { experiment } = parsed
    // Before 2026-12, runs had no id.
    return [{ ...stored.data, id: stored.data.id ?? `${stored.data.startedAt} ${experiment.mode}`, experiment }]
  })
}

export const boundOf = ({ experiment, measured }: Pick<LabResult, 'experiment' | 'measured'>): number =>
  experiment.mode === 'p2p' ? measured.bounds.chunked : measured.bounds.clientServer

const COLUMNS = [
  'run',
  'started_at',
  'experiment',
  'mode',
  'peers',
  'file_bytes',
  'trusted',
  'note',
  'measured_s',
  'bound_s',
  'ratio',
  'simulated_s',
  'upload_utilisation',
  'server_uploaded_bytes',
  'peer',
  'name',
  'completed_s',
  'uploaded_bytes',
  'downloaded_bytes',
]

/** The sign without which spreadsheets read UTF-8 as another encoding, and garble names. */
const BYTE_ORDER_MARK = '\u{FEFF}'

/** A line for each peer of each run, with the run's own figures repeated. RFC 4180. */
export function resultsAsCsv(results: readonly LabResult[]): string {
  const lines = results.flatMap((result, run) => {
    const { experiment, measured, simulated, startedAt, names, note } = result
    const ofRun = [
      run + 1,
      startedAt,
      experiment.name,
      experiment.mode,
      peerCountOf(experiment),
      experiment.fileBytes,
      doubtsOf(result).length > 0 ? 'no' : 'yes',
      note ?? '',
      measured.distributionSeconds,
      boundOf(result),
      measured.ratio,
      simulated.distributionSeconds,
      measured.uploadUtilisation,
      measured.serverUploadedBytes,
    ]
    return measured.peers.map((peer, index) => [
      ...ofRun,
      peer.id,
      names?.[index] ?? peer.id,
      peer.completedAtSeconds,
      peer.uploadedBytes,
      peer.downloadedBytes,
    ])
  })
  return BYTE_ORDER_MARK + [COLUMNS, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** A name that a spreadsheet would take for a formula, in whatever width it is written, is made text. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
