// What is set for an experiment, in words, and what two settings differ in. Draws nothing.
import { CHUNK_BYTES, defaultPolicy } from '@swarmdrop/core'
import type { ExperimentPolicy, Mode } from '@swarmdrop/core/simulation'
import type { LabSettings, SpecialKind } from '@swarmdrop/peer/lab'
import { countOf, formatBytes, formatRate } from '../ui/format'
import { BEHAVIOUR_WORDS, CHOKER_WORDS, MODE_WORDS, PICKER_WORDS } from './labels'

/** A speed as it was set: below a megabyte a second, in kilobytes. */
const speedWords = (bytesPerSecond: number): string =>
  bytesPerSecond < 1e6 ? `${Number((bytesPerSecond / 1e3).toPrecision(3))}\u00a0kB/s` : formatRate(bytesPerSecond)

/** `isDefault`: as it is unless somebody changes it. `isPlain`: the value is understood without its label. */
export type Fact = { label: string; value: string; isDefault?: boolean; isPlain?: boolean }

/** All that is set, but name, seed and number of peers. */
export function factsOf(settings: LabSettings, mode: Mode): Fact[] {
  const { fileBytes, chunkBytes, serverUploadBytesPerSecond, everybody, specials, policy } = settings
  return [
    { label: 'Mode', value: MODE_WORDS[mode], isPlain: true },
    { label: 'File', value: formatBytes(fileBytes) },
    { label: 'Chunks', value: chunkWords(chunkBytes), isDefault: chunkBytes === CHUNK_BYTES },
    { label: 'Server’s upload', value: speedWords(serverUploadBytesPerSecond) },
    { label: 'Each peer’s upload', value: speedWords(everybody.uploadBytesPerSecond) },
    { label: 'Each peer’s download', value: speedWords(everybody.downloadBytesPerSecond) },
    {
      label: 'Special peers',
      value: specials.length === 0 ? 'no special peers' : specials.map(specialWords).join('; '),
      isDefault: specials.length === 0,
      isPlain: true,
    },
    {
      label: 'Picker',
      value: PICKER_WORDS[policy.picker ?? defaultPolicy.picker],
      isPlain: true,
    },
    { label: 'Choker', value: CHOKER_WORDS[policy.choker ?? defaultPolicy.choker], isPlain: true },
    ...RULES.map((rule) => ruleFact(rule, policy)),
  ]
}

/**
 * The words that tell one run in a list from another: its speeds, and what is not as it is unless somebody changes it.
 */
export function shortWords(settings: LabSettings): string {
  const { serverUploadBytesPerSecond, everybody, specials, policy } = settings
  return [
    `server ${speedWords(serverUploadBytesPerSecond)}`,
    `peers ${speedWords(everybody.uploadBytesPerSecond)}`,
    ...specials.map(({ count, behaviour = 'normal' }) =>
      behaviour === 'free-rider' ? countOf(count, 'free rider') : `${count} special`,
    ),
    ...(policy.picker && policy.picker !== defaultPolicy.picker ? [PICKER_WORDS[policy.picker]] : []),
    ...(policy.choker && policy.choker !== defaultPolicy.choker ? [CHOKER_WORDS[policy.choker]] : []),
    ...RULES.map((rule) => ruleFact(rule, policy))
      .filter(({ isDefault }) => !isDefault)
      .map(factWords),
  ].join(', ')
}

/**
 * The words for each of two by what it does not share with the other; undefined where they are alike. `count`: in how
 * many things.
 */
export function differenceOf(
  a: { settings: LabSettings; mode: Mode },
  b: { settings: LabSettings; mode: Mode },
): { a: string; b: string; count: number } | undefined {
  const [ofA, ofB] = [a, b].map(({ settings, mode }) => factsOf(settings, mode))
  const differing = (ofA ?? []).flatMap((fact, at): [Fact, Fact][] => {
    const other = ofB?.[at]
    return other && other.value !== fact.value ? [[fact, other]] : []
  })
  if (differing.length === 0) return undefined
  const named = (place: 0 | 1) => differing.map((pair) => factWords(pair[place])).join(', ')
  return { a: named(0), b: named(1), count: differing.length }
}

const factWords = ({ label, value, isPlain }: Fact) =>
  isPlain ? value : `${label.charAt(0).toLowerCase()}${label.slice(1)} ${value}`

const chunkWords = (bytes: number) =>
  bytes % 1_024 === 0 ? `${bytes / 1_024}\u00a0KiB each` : `${formatBytes(bytes)} each`

/** "1 free rider", "2 with upload 100 kB/s and download 8.0 MB/s, from 5 s, until 20 s, back at 30 s". */
function specialWords(kind: SpecialKind): string {
  const { count, behaviour = 'normal', uploadBytesPerSecond, downloadBytesPerSecond } = kind
  const times = [
    kind.joinAtSeconds ? `from ${kind.joinAtSeconds}\u00a0s` : '',
    kind.leaveAtSeconds === undefined ? '' : `until ${kind.leaveAtSeconds}\u00a0s`,
    kind.rejoinAtSeconds === undefined ? '' : `back at ${kind.rejoinAtSeconds}\u00a0s`,
  ].filter((words) => words !== '')
  const upload = behaviour === 'free-rider' ? '' : `upload ${speedWords(uploadBytesPerSecond)} and `
  const who =
    behaviour === 'free-rider'
      ? countOf(count, 'free rider')
      : `${count}${behaviour === 'normal' ? '' : ` (${BEHAVIOUR_WORDS[behaviour]})`}`
  return [`${who} with ${upload}download ${speedWords(downloadBytesPerSecond)}`, ...times].join(', ')
}

type Rule = { rule: keyof ExperimentPolicy; label: string; normal: number | boolean; unit?: string }

const RULES: Rule[] = [
  { rule: 'regularSlots', label: 'Regular slots', normal: defaultPolicy.regularSlots },
  { rule: 'optimisticSlots', label: 'Optimistic slots', normal: defaultPolicy.optimisticSlots },
  { rule: 'rechokeSeconds', label: 'Regular turn', normal: defaultPolicy.rechokeMs / 1_000, unit: '\u00a0s' },
  { rule: 'optimisticSeconds', label: 'Optimistic turn', normal: defaultPolicy.optimisticMs / 1_000, unit: '\u00a0s' },
  { rule: 'handOutOnce', label: 'A fresh seed gives each chunk once first', normal: true },
  { rule: 'seedTurns', label: 'Seeds serve by turn', normal: true },
  { rule: 'spreadersFirst', label: 'Seeds serve spreaders first', normal: true },
  { rule: 'immediateUnchoke', label: 'Free slots filled at once', normal: true },
  { rule: 'keepPlaces', label: 'Ties keep their place', normal: true },
  { rule: 'endgame', label: 'Endgame', normal: true },
  { rule: 'wholeChunks', label: 'Whole chunks one after another', normal: true },
  { rule: 'requestWindow', label: 'Request window', normal: true },
]

function ruleFact({ rule, label, normal, unit = '' }: Rule, policy: ExperimentPolicy): Fact {
  const value = policy[rule] ?? normal
  const words = typeof value === 'boolean' ? (value ? 'on' : 'off') : `${value}${unit}`
  return { label, value: words, isDefault: value === normal }
}
