// Says what is wrong with a document: long lines, and names of what does not exist (links, headings, files, commands,
// settings, rules). Knows no file system.

const MAX_CHARACTERS = 120

/** A table's row cannot be broken, nor a picture or an address. @param {string} line */
const isUnbreakable = (line) => /^(\||!\[)/.test(line) || /\S{100,}/.test(line)

/** What a document may name. @typedef {{
 *   scripts: readonly string[], exists: (link: string) => boolean, headingsOf: (link: string) => readonly string[],
 *   hasFile: (name: string) => boolean, settings: ReadonlySet<string>, rules: ReadonlySet<string>,
 * }} Project `exists` and `headingsOf`: of a path, from the document ('' is the document itself); `hasFile`: of the
 * last part of a path, stars allowed. */

/** The name under which a link finds a heading, as GitHub makes it. @param {string} heading */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

/** @param {string} text @returns {string[]} what links to its headings end with */
export const headingsIn = (text) =>
  Array.from(text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm), ([, heading = '']) => anchorOf(heading))

const FILE = /^[\w@*.\-/]+\.(?:ts|tsx|mjs|json|md|yaml|yml|conf|service|css|html)$/
/** Paths that are not in the repository: made when a command runs, or another machine's. */
const ELSEWHERE = /^(?:\/|~|dist\/|node_modules\/|out\/)|^(?:FILE|NAME|run|results)\.json$/

/**
 * @param {string} text
 * @param {Project} project
 * @returns {string[]} in order, each with its line
 */
export function problemsOf(text, project) {
  /** @type {string[]} */
  const problems = []
  const families = new Set(Array.from(project.rules, (rule) => rule.replace(/-\d+$/, '')))
  let isCode = false
  for (const [index, line] of text.split('\n').entries()) {
    const say = (/** @type {string} */ what) => problems.push(`line ${index + 1}: ${what}`)
    if (line.startsWith('```')) isCode = !isCode
    if ([...line].length > MAX_CHARACTERS && !isUnbreakable(line)) say(`more than ${MAX_CHARACTERS} characters`)
    for (const [, script = ''] of line.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g))
      if (!project.scripts.includes(script)) say(`there is no “npm run ${script}”`)
    for (const [, setting = ''] of line.matchAll(/(?:^|[\s`])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?==|`)/g))
      if (!project.settings.has(setting)) say(`nothing reads ${setting}`)
    if (isCode) continue
    for (const [, link = ''] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      const [path = '', heading] = link.split('#')
      if (path !== '' && !project.exists(path)) say(`“${link}” leads nowhere`)
      else if (heading !== undefined && !project.headingsOf(path).includes(heading)) say(`“${link}” is no heading`)
    }
    for (const [, name = ''] of line.matchAll(/`([^`\s]+)`/g))
      if (FILE.test(name) && !ELSEWHERE.test(name) && !project.hasFile(name)) say(`there is no file ${name}`)
    for (const [rule, family = ''] of line.matchAll(/\b([A-Z]+)-\d+\b/g))
      if (families.has(family) && !project.rules.has(rule)) say(`${rule} is no rule of the SPEC`)
  }
  return problems
}

const PARTS = ['Context', 'Decision', 'Cost', 'Evidence']
/** A test, a check, a contract or a benchmark, a rule that tests hold, or a page of measurements. */
const PROOF = /`[\w.\-/*]+\.(?:ts|mjs|json)`|`npm run bench -- [\w:. -]+`|\b[A-Z]+-\d+\b|\]\(\.\.\/[\w/#.-]+\)/

/**
 * What is wrong with a document of decisions: each has a heading, then context, decision, cost and evidence.
 * @param {string} text
 * @returns {string[]}
 */
export function decisionProblems(text) {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((decision) => {
      const [heading = '', ...body] = decision.split('\n')
      const parts = Array.from(decision.matchAll(/^- \*\*(\w+)\*\*: /gm), ([, part = '']) => part)
      if (parts.join() !== PARTS.join()) return [`“${heading}” is not ${PARTS.join(', ')}`]
      const evidence = body.join('\n').split('- **Evidence**: ')[1] ?? ''
      return PROOF.test(evidence) ? [] : [`“${heading}” names no test, rule or benchmark as evidence`]
    })
}
