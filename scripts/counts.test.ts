import { describe, expect, it } from 'vitest'
import { closingLine, countOfCheck, countOfPlaywright, countOfVitest, diedOnTheWay, sum } from './counts.mjs'

const passingFile = { status: 'passed', assertionResults: [{}] }
const vitestReport = (numPassedTests: number, numFailedTests: number, numPendingTests = 0, files = [passingFile]) => ({
  numPassedTests,
  numFailedTests,
  numPendingTests,
  testResults: files,
})
const playwrightReport = (expected: number, unexpected: number, flaky = 0, skipped = 0) => ({
  stats: { expected, unexpected, flaky, skipped },
})

describe('counts', () => {
  it('counts a check as one', () => {
    expect(countOfCheck(true)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(countOfCheck(false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('takes the numbers of a vitest report', () => {
    expect(countOfVitest(vitestReport(7, 2, 1), 1)).toEqual({ passed: 7, failed: 2, skipped: 1 })
  })

  it('counts a test file that could not be loaded as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] }
    expect(countOfVitest(vitestReport(7, 0, 0, [passingFile, broken]), 1)).toMatchObject({ passed: 7, failed: 1 })
  })

  it('takes the numbers of a Playwright report', () => {
    expect(countOfPlaywright(playwrightReport(5, 1, 1, 2), 1)).toEqual({ passed: 6, failed: 1, skipped: 2 })
  })

  it('counts a runner that ended badly as a failure, though its report names none', () => {
    expect(countOfVitest(vitestReport(7, 0), 1).failed).toBe(1)
    expect(countOfPlaywright(playwrightReport(0, 0), 1).failed).toBe(1)
  })

  it('counts a runner that wrote no report as a failure, whatever its exit code', () => {
    expect(countOfVitest(undefined, 0).failed).toBe(1)
    expect(countOfPlaywright(undefined, 0).failed).toBe(1)
  })

  it('tells a process that died from a test that failed', () => {
    const report = (numPassedTests: number, numFailedTests: number) => ({
      numTotalTests: 5,
      numPassedTests,
      numFailedTests,
    })
    expect(diedOnTheWay(report(1, 0), 1)).toBe(true)
    expect(diedOnTheWay(report(4, 1), 1)).toBe(false)
    expect(diedOnTheWay(report(5, 0), 1)).toBe(false)
    expect(diedOnTheWay(report(3, 0), 0)).toBe(false)
    expect(diedOnTheWay(undefined, 1)).toBe(false)
  })

  it('closes with what passed and failed, and with what was skipped only where something was', () => {
    expect(closingLine(sum([countOfCheck(true), countOfVitest(vitestReport(3, 1), 1)]))).toBe('4 passed, 1 failed')
    expect(closingLine(sum([]))).toBe('0 passed, 0 failed')
    expect(closingLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped')
  })
})
