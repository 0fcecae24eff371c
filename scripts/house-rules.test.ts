// Rules of the house that no linter holds: short main doors, one way to keep a member private, comments that stand
// alone.
import { expect, it } from 'vitest'
import { allFiles, readSource, sourcesUnder } from './sources.mjs'

const MOST_NAMES = 64

it.each(['core', 'peer'])('the main door of %s names what it lets in, and not too much of it', (name) => {
  const door = readSource(`packages/${name}/src/index.ts`)
  expect(door).not.toContain('export *')
  const names = Array.from(door.matchAll(/^export (?:type )?\{([^}]+)\}/gm), ([, list = '']) => list.split(','))
    .flat()
    .filter((entry) => entry.trim() !== '')
  expect(names.length).toBeGreaterThan(10)
  expect(names.length).toBeLessThanOrEqual(MOST_NAMES)
})

const FOLDERS = ['packages', 'apps', 'bench', 'e2e', 'fuzz', 'tooling', 'scripts']
const sources = () => FOLDERS.flatMap(sourcesUnder)

const CORE = 'packages/core/'
/** A declaration, or a use. */
const HASH = /^ +(?:(?:static|async|get|set|readonly) )*\*?#\w|\.#\w/m
/** A constructor has no other way to be private. */
const PRIVATE = /^ +private (?!constructor\b)|[(]private /m

it('private members are `private` in core, where `#` slows simulations down, and `#` everywhere else', () => {
  const wrong = sources().filter((path) => (path.startsWith(CORE) ? HASH : PRIVATE).test(readSource(path)))
  expect(wrong).toEqual([])
})

/** Where a doc comment begins so, its subject is somewhere else. */
const NO_SUBJECT = /^ *\/\*\*\s+(?:\* )?(?:It|They|Of|By|As|Whoever|And|Or|Also|Its|Their) .*/gm

it('doc comments start with their subject', () => {
  const wrong = sources().flatMap((path) =>
    Array.from(readSource(path).matchAll(NO_SUBJECT), ([line]) => `${path}: ${line}`),
  )
  expect(wrong).toEqual([])
})

/** A sleep: a promise of nothing but time. A few milliseconds between two looks at a condition are none. */
const SLEEP =
  /new Promise(?:<\w+>)?\(\s*\(\w+\) =>\s*\{?\s*setTimeout\(\w+, (?:[\d_]{2,}|\w*_MS)\)|setTimeout.*from 'node:timers\/promises'/

it.each([
  'await new Promise((resolve) => setTimeout(resolve, 500))',
  'await new Promise<void>((done) => {\n  setTimeout(done, 1_000)\n})',
  'new Promise((resolve) =>\n  setTimeout(resolve, WAIT_MS))',
  "import { setTimeout as after } from 'node:timers/promises'",
])('a sleep is %j', (text) => {
  expect(text).toMatch(SLEEP)
})

it('unit tests wait for what they want to see, not for time', () => {
  const unitTests = sources().filter((path) => path.endsWith('.test.ts') && !/\.(?:long|native)\.test\.ts$/.test(path))
  const inRealTime = unitTests.filter((path) => !readSource(path).includes('useFakeTimers'))
  expect(inRealTime.length).toBeGreaterThan(100)
  expect(inRealTime.filter((path) => SLEEP.test(readSource(path)))).toEqual([])
})

const MAX_CHARACTERS = 120
/** A text or a pattern in code, which no formatter breaks. */
const UNBREAKABLE = /['"`]|^\s*\/\S.*\//

it('lines have at most 120 characters, but for a text that would have to be taken apart', () => {
  const isHeld = (path: string) => /\.(tsx?|mjs|css|ya?ml|conf|sh|py)$/.test(path)
  const isTooLong = (line: string) =>
    [...line].length > MAX_CHARACTERS && (/^\s*(\/\/|\/\*|\*|#)/.test(line) || !UNBREAKABLE.test(line))
  expect(
    allFiles()
      .filter(isHeld)
      .flatMap((path) =>
        readSource(path)
          .split('\n')
          .filter(isTooLong)
          .map((line) => `${path}: ${line}`),
      ),
  ).toEqual([])
})
