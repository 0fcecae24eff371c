import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Experiment, simulate } from '@swarmdrop/core/simulation'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProject, npm, root } from '../tooling/project.mjs'

const experiment: Experiment = {
  name: 'two peers',
  seed: 7,
  mode: 'p2p',
  fileBytes: 1_000_000,
  server: { uploadBytesPerSecond: 100_000 },
  peers: [{ count: 2, uploadBytesPerSecond: 50_000, downloadBytesPerSecond: 1_000_000 }],
}

const folder = mkdtempSync(join(tmpdir(), 'swarmdrop-simulate-'))
const file = (name: string) => join(folder, name)
const program = [process.execPath, inProject('scripts/typescript.mjs'), 'scripts/simulate.ts']

type Outcome = { code: number | null; stdout: string; stderr: string }

/** Output apart, which is the point here. */
function call([command = '', ...args]: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root })
    const outcome: Outcome = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (data) => (outcome.stdout += data))
    child.stderr.on('data', (data) => (outcome.stderr += data))
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...outcome, code }))
  })
}

beforeAll(() => {
  writeFileSync(file('good.json'), JSON.stringify(experiment))
  writeFileSync(
    file('wrong.json'),
    JSON.stringify({ ...experiment, mode: 'carrier pigeon', peers: [{ count: 'two' }] }),
  )
  writeFileSync(file('broken.json'), '{ "name": ')
})
afterAll(() => rmSync(folder, { recursive: true }))

// Each starts Node once or twice, on a machine that may be busy.
describe('npm run simulate', { timeout: 60_000 }, () => {
  it('[SIM-14] with --json prints the result and nothing else', async () => {
    const { code, stdout, stderr } = await call([...program, file('good.json'), '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`${JSON.stringify(simulate(experiment).result)}\n`)
  })

  it('[SIM-14] does so under npm too', async () => {
    const { code, stdout } = await call(npm('run', 'simulate', '--', file('good.json'), '--json'))
    expect(code).toBe(0)
    expect(stdout).toBe(`${JSON.stringify(simulate(experiment).result)}\n`)
  })

  it('[SIM-14] without it prints what a person can read', async () => {
    const { code, stdout } = await call([...program, file('good.json')])
    const { ratio } = simulate(experiment).result
    expect(code).toBe(0)
    expect(stdout).toContain('two peers')
    expect(stdout).toContain(`${ratio?.toFixed(3)} × the whole-chunk bound`)
    expect(stdout).toContain('2 of 2')
  })

  it('[SIM-16] tells what queues did, where there are any', async () => {
    const { stdout } = await call([...program, 'experiments/long-paths.json'])
    expect(stdout).toMatch(/Queues dropped \d+ packets, chance took \d+; a byte waited \d+ ms in queues/)
    expect(stdout).toContain('4 of 4')
  })

  it.each([
    ['wrong.json', ['mode: expected one of "p2p", "client-server"', 'peers[0].count: expected a number, found "two"']],
    ['broken.json', ['is not JSON']],
    ['missing.json', ['there is no such file']],
  ])('[SIM-14] says what is wrong with %s, and fails', async (name, sentences) => {
    const { code, stdout, stderr } = await call([...program, file(name), '--json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(name)
    for (const sentence of sentences) expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ') // No stack.
  })
})
