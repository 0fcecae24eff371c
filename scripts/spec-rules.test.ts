// A SPEC and tests that do not fit together, made of rules of a family that is not in ours.
import { describe, expect, it } from 'vitest'
import { disagreements } from './spec-rules.mjs'

// Put together here, as this file is looked at too.
const rule = (number: number) => `SAMPLE-${number}`
const spec = (...numbers: number[]) => numbers.map((number) => `- **[${rule(number)}]** Says something.`).join('\n')
const title = (number: number) => `it('[${rule(number)}] does something', () => {})`
const found = (rules: string, ...tests: string[]) =>
  disagreements(rules, new Map(tests.map((test, at) => [`${at}.test.ts`, test])))

describe('SPEC and tests', () => {
  it('fit together where each rule is named in a title', () => {
    expect(found(spec(1, 2), title(1), title(2))).toEqual([])
  })

  it('fit together where a table of tests names a rule in each row', () => {
    expect(found(spec(1), `it.each([['${rule(1)}', 'something']])('[%s] does %s', () => {})`)).toEqual([])
  })

  it('a rule that no test names is told, also where a comment or another rule holds its name', () => {
    expect(found(`${spec(1, 10)}\nSee ${rule(1)}.`, title(10), `// As ${rule(1)} says.`)).toEqual([
      `[${rule(1)}] is named by no test`,
    ])
  })

  it('a name that is no rule is told with its file, once', () => {
    expect(found(spec(1), title(1), `${title(2)}\n${title(2)}`)).toEqual([
      `1.test.ts: names [${rule(2)}], which is no rule of the SPEC`,
    ])
  })

  it('a rule of a family that the SPEC has not is told where a title has it, not where it is a word in quotes', () => {
    const unknown = title(1).replace('SAMPLE', 'NOVELTY')
    expect(found(spec(1), title(1), `digest('SHA-${256}')`)).toEqual([])
    expect(found(spec(1), title(1), unknown)).toHaveLength(1)
  })

  it('a rule that stands twice is told', () => {
    expect(found(spec(1, 1), title(1))).toEqual([`[${rule(1)}] stands twice in the SPEC`])
  })
})
