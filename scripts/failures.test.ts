import { describe, expect, it } from 'vitest'
import { failureOfCheck, failuresOfPlaywright, failuresOfVitest } from './failures.mjs'

describe('what failed', () => {
  it('is a check with the beginning of what it said', () => {
    const lines = failureOfCheck('types', Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n')).split('\n')
    expect(lines.slice(0, 2)).toEqual(['✗ types', '    line 0'])
    expect(lines.at(-1)).toBe('    … 8 more lines above')
  })

  it('is each test of vitest that failed, and each file that did not load', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed' },
            { fullName: 'divides', status: 'failed', failureMessages: ['\u001B[31mby zero\u001B[0m'] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        { name: 'c.test.ts', status: 'passed', assertionResults: [{ fullName: 'is', status: 'passed' }] },
      ],
    }
    expect(failuresOfVitest(report)).toEqual(['✗ a.test.ts › divides\n    by zero', '✗ b.test.ts\n    no such module'])
  })

  it('is each test of Playwright that failed, however deep, and what went wrong outside of any', () => {
    const spec = (title: string, ok: boolean, message?: string) => ({
      title,
      ok,
      file: 'a.spec.ts',
      line: 3,
      tests: [{ results: [message === undefined ? {} : { error: { message } }] }],
    })
    const report = {
      suites: [
        { title: 'a', specs: [spec('good', true)], suites: [{ title: 'b', specs: [spec('bad', false, 'late')] }] },
      ],
      errors: [{ message: 'no server' }],
    }
    expect(failuresOfPlaywright(report)).toEqual(['✗ Playwright\n    no server', '✗ e2e/a.spec.ts:3 › bad\n    late'])
    expect(failuresOfPlaywright({})).toEqual([])
  })
})
