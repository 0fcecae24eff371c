// The commands that the documents name work as written: what is cheap is run, and of what takes long, its names are
// tried.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inProject } from '../tooling/project.mjs'
import { run } from '../tooling/run.mjs'
import { documents, readSource, sourcesUnder } from './sources.mjs'

const { scripts } = JSON.parse(readSource('package.json'))
const npmRun = (script: string, ...args: string[]) => {
  const [node = '', ...rest] = scripts[script].split(' ')
  return run([node.replace('node', process.execPath), ...rest, ...args])
}

const text = documents().map(readSource).join('\n')
const inline = Array.from(text.matchAll(/`((?:npm|npx|node|docker|cp) [^`]+)`/g), ([, command = '']) => command)
const blocks = Array.from(text.matchAll(/^```sh\n([\s\S]*?)^```/gm), ([, block = '']) => block.split('\n')).flat()
const commands = [
  ...new Set([...inline, ...blocks].map((line) => line.replaceAll(/\s+/g, ' ').replace(/ # .*/, '').trim())),
]
const wordsAfter = (start: string) =>
  commands.flatMap((command) => (command.startsWith(start) ? [command.slice(start.length).trim().split(' ')] : []))

describe('commands in documents', { timeout: 60_000 }, () => {
  it('name benchmarks that there are', async () => {
    const { output } = await npmRun('bench', 'no-such')
    const benchmarks = output.match(/There are: (.*)\.\n/)?.[1]?.split(', ')
    const sources = sourcesUnder('bench').map(readSource).join('\n')
    const named = wordsAfter('npm run bench --').flat()
    expect(named.length).toBeGreaterThan(10)
    for (const [name = '', row] of named.map((word) => word.split(':'))) {
      expect(benchmarks).toContain(name)
      if (row !== undefined) expect(sources).toMatch(new RegExp(`name: '${row}'|[{,] *'?${row}'?[:,} ]`))
    }
  })

  it('simulate the experiments that they name', async () => {
    const named = wordsAfter('npm run simulate --').filter(([file]) => file !== 'FILE.json')
    expect(named.length).toBeGreaterThan(0)
    for (const args of named) expect(await npmRun('simulate', ...args)).toMatchObject({ code: 0 })
  })

  it('run tests that there are', () => {
    for (const [option = ''] of wordsAfter('npx playwright test'))
      expect(readSource('playwright.config.ts')).toContain(`name: '${option.replace('--project=', '')}'`)
    for (const [path = ''] of wordsAfter('npx vitest run'))
      expect(path === 'PATH' || existsSync(inProject(path))).toBe(true)
  })

  it('start containers that the files of deploy/ describe', () => {
    const compose = readFileSync(inProject('deploy/compose.yaml'), 'utf8')
    for (const service of text.match(/\btracker-\d\b/g) ?? [])
      if (service !== 'tracker-3') expect(compose).toContain(`  ${service}:`)
    for (const [from = ''] of wordsAfter('cp')) expect(existsSync(inProject('deploy', from))).toBe(true)
    const example = readFileSync(inProject('deploy/.env.example'), 'utf8')
    for (const [, setting] of example.matchAll(/^#?([A-Z_]+)=/gm)) expect(compose).toContain(`\${${setting}`)
    expect(readdirSync(inProject('deploy'))).toContain('swarmdrop@.service')
  })

  it('are all of a kind that is looked at here or in check-documents', () => {
    const kinds =
      /^(npm (start|test|ci|install|run [\w:-]+( -- .*)?)|npx (vitest run|playwright test|biome) .*|cp .*|git .*|docker compose .*|[A-Z]+=\S+ npm start|node dist\/tracker\.mjs|)$/
    expect(commands.filter((command) => !kinds.test(command))).toEqual([])
  })
})
