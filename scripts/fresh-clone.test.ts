// What a person starts in a fresh clone installs the packages first: until then there are none, not even to be
// imported.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inProject } from '../tooling/project.mjs'

/** What a file, and all that it names, imports statically besides Node and the project's own scripts. */
function packagesImportedAtOnce(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return []
  seen.add(path)
  const source = readFileSync(path, 'utf8')
  const named = [...source.matchAll(/^(?:import|export)\s(?:[^'"=]*\sfrom\s)?'([^']+)'/gm)].map(([, name = '']) => name)
  return named.flatMap((name) => {
    if (name.startsWith('node:')) return []
    return name.startsWith('.') ? packagesImportedAtOnce(join(path, '..', name), seen) : [`${path}: ${name}`]
  })
}

it.each(['start', 'dev', 'test'])('npm %s imports no package before it has installed them', (name) => {
  expect(packagesImportedAtOnce(inProject('scripts', `${name}.mjs`))).toEqual([])
})
