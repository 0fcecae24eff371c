// The packages' main doors stay short: what somebody needs first, each name written out, and the rest by other doors.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inProject } from '../tooling/project.mjs'

const MOST_NAMES = 64

it.each(['core', 'peer'])('the main door of %s names what it lets in, and not too much of it', (name) => {
  const door = readFileSync(inProject('packages', name, 'src/index.ts'), 'utf8')
  expect(door).not.toContain('export *')
  const names = Array.from(door.matchAll(/^export (?:type )?\{([^}]+)\}/gm), ([, list = '']) => list.split(','))
    .flat()
    .filter((entry) => entry.trim() !== '')
  expect(names.length).toBeGreaterThan(10)
  expect(names.length).toBeLessThanOrEqual(MOST_NAMES)
})
