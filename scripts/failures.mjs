// Names what failed, for the end of a long output. Knows the reports of vitest and Playwright, not how they are run.

const MAX_LINES = 12

/** Colours are noise in a list. @param {string} text */
const plain = (text) => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')

/** @param {string} name @param {string | undefined} why */
function told(name, why = 'no reason is given') {
  const lines = plain(why).trim().split('\n')
  const more = lines.length > MAX_LINES ? [`… ${lines.length - MAX_LINES} more lines above`] : []
  return [`✗ ${name}`, ...[...lines.slice(0, MAX_LINES), ...more].map((line) => `    ${line}`)].join('\n')
}

/** @param {string} name @param {string} output */
export const failureOfCheck = (name, output) => told(name, output)

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: Assertion[] }[] }} report
 */
export const failuresOfVitest = ({ testResults }) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    const tests = failed.map(({ fullName, failureMessages }) => told(`${name} › ${fullName}`, failureMessages?.[0]))
    return tests.length === 0 && status === 'failed' ? [told(name, message)] : tests
  })

/**
 * @typedef {{ title: string, suites?: Suite[], specs?: Spec[] }} Suite
 * @typedef {{ title: string, ok: boolean, file: string, line: number,
 *   tests: { results: { error?: { message?: string } }[] }[] }} Spec
 * @param {{ suites?: Suite[], errors?: { message?: string }[] }} report
 * @returns {string[]}
 */
export function failuresOfPlaywright({ suites = [], errors = [] }) {
  /** @param {Suite} suite @returns {Spec[]} */
  const inSuite = ({ specs = [], suites: inner = [] }) => [...specs.filter(({ ok }) => !ok), ...inner.flatMap(inSuite)]
  const failed = suites.flatMap(inSuite).map(({ title, file, line, tests }) => {
    const results = tests.flatMap((test) => test.results)
    return told(`e2e/${file}:${line} › ${title}`, results.find(({ error }) => error)?.error?.message)
  })
  return [...errors.map(({ message }) => told('Playwright', message)), ...failed]
}
