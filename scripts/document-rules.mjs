// Says what is wrong with a document: long lines, links that lead nowhere, commands that there are not. Knows no file system.

const MAX_CHARACTERS = 120

/** A table's row cannot be broken, nor a picture or an address. @param {string} line */
const isUnbreakable = (line) => /^(\||!\[)/.test(line) || /\S{100,}/.test(line)

/**
 * @param {string} text
 * @param {{ scripts: readonly string[], exists: (link: string) => boolean }} project `exists`: of a path, from the document.
 * @returns {string[]} in order, each with its line
 */
export function problemsOf(text, { scripts, exists }) {
  /** @type {string[]} */
  const problems = []
  let isCode = false
  for (const [index, line] of text.split('\n').entries()) {
    const say = (/** @type {string} */ what) => problems.push(`line ${index + 1}: ${what}`)
    if (line.startsWith('```')) isCode = !isCode
    if ([...line].length > MAX_CHARACTERS && !isUnbreakable(line)) say(`more than ${MAX_CHARACTERS} characters`)
    for (const [, script = ''] of line.matchAll(/npm run ([a-z][\w:-]*)/g))
      if (!scripts.includes(script)) say(`there is no “npm run ${script}”`)
    if (isCode) continue
    for (const [, link = ''] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
      const path = link.replace(/#.*$/, '')
      if (path !== '' && !/^[a-z]+:/.test(path) && !exists(path)) say(`“${link}” leads nowhere`)
    }
  }
  return problems
}
