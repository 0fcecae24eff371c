// The example of the package's README does what it says.
import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { simulate } from './simulation/index'

it('the README’s swarm runs, and says how near to theory it came', () => {
  const [, example = ''] =
    /```ts\n([\s\S]+?)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8')) ?? []
  const said: string[] = []
  const code = example.replace(/^import .*\n/m, '')
  expect(example).toMatch(/^import \{ simulate \} from '@swarmdrop\/core\/simulation'$/m)
  runInNewContext(code, { simulate, console: { log: (text: string) => said.push(text) } })
  const [, seconds, bound] = /^([\d.]+) s; theory says at least ([\d.]+) s$/.exec(said[0] ?? '') ?? []
  expect(Number(bound)).toBeGreaterThan(1)
  expect(Number(seconds) / Number(bound)).toBeGreaterThan(1)
  expect(Number(seconds) / Number(bound)).toBeLessThan(1.3)
})
