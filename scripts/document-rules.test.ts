import { describe, expect, it } from 'vitest'
import { problemsOf } from './document-rules.mjs'

const project = { scripts: ['bench'], exists: (link: string) => link === 'docs/there.md' }
const problems = (text: string) => problemsOf(text, project)

describe('a document', () => {
  it('has short lines, but for tables and addresses', () => {
    expect(problems(`short\n${'word '.repeat(30)}`)).toEqual(['line 2: more than 120 characters'])
    expect(problems(`| ${'word '.repeat(30)} |\nhttps://example.org/${'a'.repeat(120)}`)).toEqual([])
  })

  it('has links that lead somewhere', () => {
    expect(problems('[a](docs/there.md#part) [b](#here) [c](https://example.org/) [d](docs/gone.md)')).toEqual([
      'line 1: “docs/gone.md” leads nowhere',
    ])
    expect(problems('```\n[d](docs/gone.md)\n```')).toEqual([])
  })

  it('names commands that there are', () => {
    expect(problems('`npm run bench -- paths`, `npm run cake`')).toEqual(['line 1: there is no “npm run cake”'])
  })
})
