// Counts what passed and what failed. Knows the reports of vitest and Playwright, not how they are run.

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** A check counts as one. @param {boolean} good @returns {Count} */
export const countOfCheck = (good) => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 })

/**
 * A runner that ended badly has failed at least once, whatever its report says: a server that did not start, a report
 * that was never written, an error outside any test.
 * @param {Count} count
 * @param {number} code exit code of the runner
 * @returns {Count}
 */
const atLeastOneFailure = (count, code) => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count)

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] } | undefined} report of `--reporter=json`
 * @param {number} code
 */
export function countOfVitest(report, code) {
  if (!report) return countOfCheck(false)
  const filesThatDidNotLoad = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const count = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + filesThatDidNotLoad,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
  return atLeastOneFailure(count, code)
}

/**
 * Whether the process of a test file died on the way: some tests have no result, and none has failed.
 * @param {{ numTotalTests: number, numPassedTests: number, numFailedTests: number } | undefined} report
 * @param {number} code
 */
export const diedOnTheWay = (report, code) =>
  code !== 0 && report?.numFailedTests === 0 && report.numTotalTests > report.numPassedTests

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | undefined} report
 *   of the json reporter
 * @param {number} code
 */
export function countOfPlaywright(report, code) {
  if (!report) return countOfCheck(false)
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected, skipped }, code)
}

/** @param {Count[]} counts @returns {Count} */
export const sum = (counts) =>
  counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** The closing line, in the one form that other programs read. @param {Count} count */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
