// Says what is wrong with an experiment, where, and what was expected there. Knows nothing of what a field means to a
// run.
import type * as z from 'zod/mini'
import { lies, type PeerGroup, peerCountOf } from './peer-group'

type Issue = z.core.$ZodIssue

const MAX_PEERS = 10_000

/** The issues as one sentence for each field, as in `peers[0].count: expected a whole number, found "x"`. */
export function problemsOf(issues: readonly Issue[]): string[] {
  const byPlace = new Map<string, string>()
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) byPlace.set(placeOf([...issue.path, key]), 'expected no field of this name')
    // Of two at one place, the later is the narrower.
    else byPlace.set(placeOf(issue.path), `expected ${expectationOf(issue)}, found ${found(issue.input)}`)
  }
  return [...byPlace].map(([place, what]) => `${place || 'the experiment'}: ${what}`)
}

type Queue = Pick<PeerGroup, 'queueMs' | 'lossShare'>
type Parts = { network?: 'paths' | undefined; server: Queue; peers: readonly PeerGroup[] }

/** What no single field shows: times in the wrong order, nobody to wait for, more peers than can be run. */
export function contradictionsIn({ network, server, peers }: Parts): string[] {
  const problems = peers.flatMap((group, i) => movesOutOfOrder(group).map((what) => `peers[${i}].${what}`))
  if (network !== 'paths')
    problems.push(
      ...ofPathsAlone(server).map((what) => `server.${what}`),
      ...peers.flatMap((group, i) => ofPathsAlone(group).map((what) => `peers[${i}].${what}`)),
    )
  if (peers.every(({ behaviour }) => lies(behaviour)))
    problems.push('peers: expected at least one that wants the file, found only liars')
  const count = peerCountOf({ peers })
  if (count > MAX_PEERS) problems.push(`peers: expected at most ${MAX_PEERS} in all, found ${count}`)
  return problems
}

const ofPathsAlone = (host: Queue) =>
  (['queueMs', 'lossShare'] as const)
    .filter((field) => host[field] !== undefined)
    .map((field) => `${field}: expected nothing where network is not "paths", found ${host[field]}`)

function movesOutOfOrder(group: PeerGroup): string[] {
  const { joinAtSeconds = 0, joinWithinSeconds = 0, leaveAtSeconds, rejoinAtSeconds } = group
  const problems: string[] = []
  const joined = joinAtSeconds + joinWithinSeconds
  if (leaveAtSeconds !== undefined && leaveAtSeconds < joined)
    problems.push(`leaveAtSeconds: expected no less than ${joined}, when all have joined, found ${leaveAtSeconds}`)
  if (rejoinAtSeconds !== undefined && leaveAtSeconds === undefined)
    problems.push('leaveAtSeconds: expected a number as there is rejoinAtSeconds, found nothing')
  if (rejoinAtSeconds !== undefined && leaveAtSeconds !== undefined && rejoinAtSeconds <= leaveAtSeconds)
    problems.push(`rejoinAtSeconds: expected more than leaveAtSeconds (${leaveAtSeconds}), found ${rejoinAtSeconds}`)
  return problems
}

function expectationOf(issue: Exclude<Issue, { code: 'unrecognized_keys' }>): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin, issue.minimum)}`
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin, issue.maximum)}`
    default:
      return issue.message
  }
}

const kinds: Partial<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
}

function unit(origin: string, size: number | bigint): string {
  if (origin === 'string') return size === 1 ? ' character' : ' characters'
  if (origin === 'array') return size === 1 ? ' entry' : ' entries'
  return ''
}

/** A longer text is cut where it is shown. */
const SHOWN_CHARACTERS = 40

function found(input: unknown): string {
  if (input === undefined) return 'nothing'
  if (Array.isArray(input)) return `a list of ${input.length}`
  if (typeof input === 'object' && input !== null) return 'an object'
  if (typeof input === 'string')
    return JSON.stringify(input.length > SHOWN_CHARACTERS ? `${input.slice(0, SHOWN_CHARACTERS)}…` : input)
  return String(input)
}

const placeOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : place ? `${place}.${String(key)}` : String(key)),
    '',
  )
