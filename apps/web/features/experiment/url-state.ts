// The theory page's settings as the query of its address, short and readable, and back. What stands there was perhaps
// typed by somebody: each value is checked, and a wrong one is named.
import { chokers, pickers } from '@swarmdrop/core'
import { modes } from '@swarmdrop/core/simulation'
import * as z from 'zod/mini'
import { KB_PER_SECOND, MB } from '../ui/read-number'
import { QUANTITIES } from './quantities'
import { KNOWN_FIGURE, MOST_CLASSES, MOST_PEERS, MOST_SEED, peerCount, type TheoryState } from './theory-state'

// zod would otherwise try to compile, which the page's security policy reports as an attack.
z.config({ jitless: true })

/** What was simulated when the address was copied: done again where it is opened. */
export type Run = 'one' | 'curve'
export type ReadAddress = { state: TheoryState; run: Run | undefined; wrong: string[] }

const NO_LIMIT = 'none'

const within = ({ least, most }: { least: number; most: number }) => z.number().check(z.gte(least), z.lte(most))
const Class = z.object({
  count: z.int().check(z.gte(1), z.lte(MOST_PEERS)),
  up: within(QUANTITIES.upload),
  down: z.union([z.undefined(), within(QUANTITIES.download)]),
})
const SCHEMAS = {
  file: within(QUANTITIES.fileBytes),
  server: within(QUANTITIES.serverUpload),
  peers: z.array(Class).check(
    z.minLength(1),
    z.maxLength(MOST_CLASSES),
    z.refine((classes) => peerCount({ classes }) <= MOST_PEERS),
  ),
  mode: z.enum(modes),
  picker: z.enum(pickers),
  choker: z.enum(chokers),
  seed: z.int().check(z.gte(0), z.lte(MOST_SEED)),
  run: z.enum(['one', 'curve']),
}

/** What differs from the known figure, as a query; empty for the figure itself. */
export function writeQuery(state: TheoryState, run?: Run): string {
  const figure = textsOf(KNOWN_FIGURE)
  const parts = Object.entries({ ...textsOf(state), ...(run && { run }) })
  return parts
    .filter(([name, text]) => figure[name] !== text)
    .map(([name, text]) => `${name}=${text}`)
    .join('&')
}

function textsOf(state: TheoryState): Record<string, string> {
  return {
    file: written(state.fileBytes / MB.size),
    server: inKilobytes(state.serverUpload),
    peers: state.classes
      .map(({ count, up, down }) => `${count}x${inKilobytes(up)}-${down === undefined ? NO_LIMIT : inKilobytes(down)}`)
      .join('_'),
    mode: state.mode,
    picker: state.picker,
    choker: state.choker,
    seed: String(state.seed),
  }
}

export function readQuery(query: string): ReadAddress {
  const given = new URLSearchParams(query)
  const wrong: string[] = []
  function take<K extends keyof typeof SCHEMAS, T>(name: K, read: (text: string) => unknown, otherwise: T) {
    const text = given.get(name)
    if (text === null) return otherwise
    const parsed = SCHEMAS[name].safeParse(read(text))
    if (parsed.success) return parsed.data as z.infer<(typeof SCHEMAS)[K]>
    wrong.push(`${name}=${text}`)
    return otherwise
  }
  const state: TheoryState = {
    fileBytes: take('file', (text) => Math.round(Number(text) * MB.size), KNOWN_FIGURE.fileBytes),
    serverUpload: take('server', (text) => bytesOf(text), KNOWN_FIGURE.serverUpload),
    classes: take('peers', readClasses, KNOWN_FIGURE.classes),
    mode: take('mode', String, KNOWN_FIGURE.mode),
    picker: take('picker', String, KNOWN_FIGURE.picker),
    choker: take('choker', String, KNOWN_FIGURE.choker),
    seed: take('seed', Number, KNOWN_FIGURE.seed),
  }
  const run = take('run', String, undefined)
  return { state, run, wrong }
}

/** "10x29.127-none_5x200-2000": ten that upload 29.127 kB/s and download without limit, and five others. */
function readClasses(text: string): unknown {
  return text.split('_').map((one) => {
    const [, count, up, down] = /^(\d+)x([\d.]+)-([\d.]+|none)$/.exec(one) ?? []
    return { count: Number(count), up: bytesOf(up), down: down === NO_LIMIT ? undefined : bytesOf(down) }
  })
}

// To the thousandth of a byte: what is written is read as the same number.
const bytesOf = (kilobytes: string | undefined) => Math.round(Number(kilobytes) * KB_PER_SECOND.size * 1e3) / 1e3
const written = (value: number) => String(Number(value.toFixed(6)))
const inKilobytes = (rate: number) => written(rate / KB_PER_SECOND.size)
