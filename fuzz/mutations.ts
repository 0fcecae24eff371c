// Makes of what is right something that is nearly right: in bytes, in text and in JSON. Chance is an argument.
type Random = () => number
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const below = (n: number, random: Random) => Math.floor(random() * n)
export const oneOf = <T>(choices: readonly [T, ...T[]], random: Random): T =>
  choices[below(choices.length, random)] ?? choices[0]

const oddBytes = [0, 1, 127, 128, 255] as const

/** One to four changes: a bit, a byte, a number, a piece cut out, doubled, or put in. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated: Uint8Array = bytes.slice()
  for (let changes = 1 + below(4, random); changes > 0; changes--) mutated = changedBytes(mutated, random)
  return mutated
}

function changedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random)
  const length = below(Math.min(64, bytes.length - at) + 1, random)
  const [head, piece, tail] = [bytes.slice(0, at), bytes.slice(at, at + length), bytes.slice(at + length)]
  switch (below(6, random)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, random))
      return bytes
    case 1:
      if (at < bytes.length) bytes[at] = oneOf(oddBytes, random)
      return bytes
    case 2:
      bytes.fill(oneOf([0, 255], random), at, at + 4)
      return bytes
    case 3:
      return joined(head, tail)
    case 4:
      return joined(head, piece, piece, tail)
    default:
      return joined(
        head,
        Uint8Array.from({ length: below(20, random) }, () => below(256, random)),
        tail,
      )
  }
}

function joined(...pieces: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/** A text with characters changed, cut, doubled or put in, also such as are none by themselves. */
export function mutatedText(text: string, random: Random): string {
  const at = below(text.length + 1, random)
  const length = below(Math.min(40, text.length - at) + 1, random)
  const strange = oneOf(['', '\0', '\ud800', '\u202e', '"', '\\', '=', ' ', '🌊', '\u2028', 'x'.repeat(3_000)], random)
  return text.slice(0, at) + strange + text.slice(at + below(length + 1, random))
}

const oddValues = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  '\ud800',
  '__proto__',
  'x'.repeat(70_000),
  [],
  {},
  [[[]]],
] as const
const oddKeys = ['__proto__', 'constructor', 'toString', '', 'length', 'type'] as const

/** One to three values of a JSON value are others, gone, or more. */
export function mutatedJson(value: unknown, random: Random): unknown {
  let mutated = JSON.parse(JSON.stringify(value ?? null)) as Json
  for (let changes = 1 + below(3, random); changes > 0; changes--) mutated = changedJson(mutated, random)
  return mutated
}

function changedJson(value: Json, random: Random): Json {
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0
  if (isLeaf || random() < 0.15) {
    if (typeof value === 'string' && random() < 0.5) return mutatedText(value, random)
    if (typeof value === 'number' && random() < 0.5) return value * oneOf([-1, 0, 2, 1e9, 0.1], random)
    return structuredClone(oneOf(oddValues as unknown as [Json, ...Json[]], random))
  }
  const key = oneOf(Object.keys(value) as [string, ...string[]], random)
  const object = value as { [key: string]: Json }
  const next = changedJson(object[key] ?? null, random)
  if (Array.isArray(value)) {
    if (random() < 0.2) return [...value, ...value]
    if (random() < 0.2) return value.filter((_, index) => index !== Number(key))
  } else {
    const { [key]: _gone, ...rest } = object
    if (random() < 0.2) return rest
    // JSON can hold `__proto__` as an own key, which an assignment cannot.
    if (random() < 0.2)
      return JSON.parse(`{${JSON.stringify(oneOf(oddKeys, random))}:1,${JSON.stringify(value).slice(1)}`) as Json
  }
  object[key] = next
  return value
}
