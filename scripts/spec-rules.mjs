// Compares a SPEC's rules with those that tests name. Knows nothing of what a rule says, nor of how files are found.

/** @param {string} spec @returns {string[]} the names of its rules, in order */
export const rulesOf = (spec) => Array.from(spec.matchAll(/^- \*\*\[([A-Z]+-\d+)\]\*\*/gm), ([, rule = '']) => rule)

/** @param {string} rule */
const familyOf = (rule) => rule.replace(/-\d+$/, '')

/**
 * The rules that a test names: in brackets in its title, or in quotes in a table whose rows have a rule each. In quotes
 * there are other things of that form too (`'SHA-256'`), so there only the SPEC's own families count.
 * @param {string} test @param {ReadonlySet<string>} families
 */
function rulesNamedIn(test, families) {
  const inBrackets = Array.from(test.matchAll(/\[([A-Z]+-\d+)\]/g), ([, rule = '']) => rule)
  const inQuotes = Array.from(test.matchAll(/'([A-Z]+-\d+)'/g), ([, rule = '']) => rule)
  return [...inBrackets, ...inQuotes.filter((rule) => families.has(familyOf(rule)))]
}

/**
 * What does not fit, a sentence each.
 * @param {string} spec
 * @param {ReadonlyMap<string, string>} tests by their paths
 * @returns {string[]}
 */
export function disagreements(spec, tests) {
  const rules = rulesOf(spec)
  const families = new Set(rules.map(familyOf))
  const named = [...tests].flatMap(([path, test]) => rulesNamedIn(test, families).map((rule) => ({ path, rule })))
  const twice = rules.filter((rule, at) => rules.indexOf(rule) !== at)
  const untested = rules.filter((rule) => !named.some((test) => test.rule === rule))
  const unknown = named.filter(({ rule }) => !rules.includes(rule))
  return [
    ...twice.map((rule) => `[${rule}] stands twice in the SPEC`),
    ...untested.map((rule) => `[${rule}] is named by no test`),
    ...new Set(unknown.map(({ path, rule }) => `${path}: names [${rule}], which is no rule of the SPEC`)),
  ]
}
