import { describe, expect, it } from 'vitest'
import { decisionProblems, headingsIn, problemsOf } from './document-rules.mjs'

const files = ['choker.ts', 'choker.test.ts', 'swarm.native.test.ts']
const project = {
  scripts: ['bench'],
  exists: (link: string) => link === 'docs/there.md',
  headingsOf: (link: string) => (link === '' ? ['here'] : ['part']),
  hasFile: (name: string) => files.some((file) => new RegExp(`^${name.replace('*', '.*')}$`).test(file)),
  settings: new Set(['TRUST_PROXY']),
  rules: new Set(['PICK-1']),
}
const problems = (text: string) => problemsOf(text, project)

describe('a document', () => {
  it('has short lines, but for tables and addresses', () => {
    expect(problems(`short\n${'word '.repeat(30)}`)).toEqual(['line 2: more than 120 characters'])
    expect(problems(`| ${'word '.repeat(30)} |\nhttps://example.org/${'a'.repeat(120)}`)).toEqual([])
  })

  it('has links that lead somewhere, to a heading too', () => {
    expect(problems('[a](docs/there.md#part) [b](#here) [c](https://example.org/) [d](docs/gone.md)')).toEqual([
      'line 1: “docs/gone.md” leads nowhere',
    ])
    expect(problems('[a](docs/there.md#gone) [b](#gone)')).toEqual([
      'line 1: “docs/there.md#gone” is no heading',
      'line 1: “#gone” is no heading',
    ])
    expect(problems('```\n[d](docs/gone.md)\n```')).toEqual([])
  })

  it('has headings as GitHub names them', () => {
    expect(headingsIn('# A (b), c…\n```\n# no heading\n```\n### `code`: Two words')).toEqual([
      'a-b-c',
      'code-two-words',
    ])
  })

  it('names commands, settings, files and rules that there are', () => {
    expect(problems('`npm run bench -- paths`, `npm run cake`')).toEqual(['line 1: there is no “npm run cake”'])
    expect(problems('`TRUST_PROXY`, `TRUST_NOBODY`\n```\nTRUST_NOBODY=1\n```')).toEqual([
      'line 1: nothing reads TRUST_NOBODY',
      'line 3: nothing reads TRUST_NOBODY',
    ])
    expect(problems('`choker.ts`, `*.native.test.ts`, `gone.ts`, `dist/tracker.mjs`, `FILE.json`')).toEqual([
      'line 1: there is no file gone.ts',
    ])
    expect(problems('PICK-1, PICK-2, SHA-256')).toEqual(['line 1: PICK-2 is no rule of the SPEC'])
  })
})

describe('a decision', () => {
  const decision = (...parts: string[]) => `# Decisions\n\n## Short\n${parts.join('\n')}\n`
  const three = ['- **Context**: a', '- **Decision**: b', '- **Cost**: c']

  it('has context, decision, cost and evidence, in this order', () => {
    expect(decisionProblems(decision(...three, '- **Evidence**: `choker.test.ts`.'))).toEqual([])
    expect(decisionProblems(decision(...three))).toEqual(['“Short” is not Context, Decision, Cost, Evidence'])
  })

  it('names something that shows it', () => {
    expect(decisionProblems(decision(...three, '- **Evidence**: trust us.'))).toEqual([
      '“Short” names no test, rule or benchmark as evidence',
    ])
    for (const proof of ['PICK-1', '`npm run bench -- paths`', '[figures](../performance.md)'])
      expect(decisionProblems(decision(...three, `- **Evidence**: ${proof}.`))).toEqual([])
  })
})
