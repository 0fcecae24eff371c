import { describe, expect, it } from 'vitest'
import { importsOf, objection } from './import-rules.mjs'

const swarmFile = 'packages/core/src/swarm/swarm.ts'

describe('import rules', () => {
  it('finds every way of naming another module', () => {
    const source = [
      "import { a } from './a'",
      "import type { B } from '../b'",
      "export * from './c'",
      "import './d.css'",
      "const e = await import('./e')",
      "new Worker(new URL('./f.ts', import.meta.url))",
      "import {\n  g,\n} from 'g'",
      "const notAnImport = [new URL('https://example.org'), new URL('../out', import.meta.url)]",
    ]
    expect(importsOf(source.join('\n'))).toEqual(['./a', '../b', './c', './d.css', './e', './f.ts', 'g'])
  })

  it.each([
    [swarmFile, '../content/bitfield'],
    [swarmFile, '../wire/codec'],
    [swarmFile, './choker'],
    ['packages/core/src/swarm/policies/random.ts', '../../content/bitfield'],
    ['packages/core/src/driver/driver.ts', '../swarm/swarm'],
    ['packages/core/src/signaling/seal.ts', '../content/link'],
    ['packages/core/src/signaling/seal.ts', '@noble/ciphers/chacha.js'],
    ['packages/core/src/index.ts', './theory/bounds'],
    ['packages/core/src/simulation/result.ts', '../theory/index'],
    ['packages/core/src/swarm/swarm.test.ts', '../testing/clock'],
    ['packages/core/src/testing/network.ts', '../swarm/swarm'],
    ['packages/core/src/content/hash.test.ts', 'node:crypto'],
    ['apps/web/session/session.ts', '@swarmdrop/core'],
    ['apps/tracker/src/main.ts', 'node:http'],
    ['e2e/share.spec.ts', './fixtures'],
  ])('%s may import %s', (file, specifier) => {
    expect(objection(file, specifier)).toBeUndefined()
  })

  it.each([
    ['packages/core/src/content/manifest.ts', '../wire/codec'],
    ['packages/core/src/wire/codec.ts', '../swarm/swarm'],
    [swarmFile, '../driver/driver'],
    [swarmFile, '../simulation/network'],
    [swarmFile, '../testing/clock'],
    [swarmFile, '../index'],
    [swarmFile, '@swarmdrop/core'],
    [swarmFile, 'node:crypto'],
    ['packages/core/src/swarm/policies/random.ts', '../../driver/driver'],
    ['packages/core/src/signaling/seal.ts', '../swarm/swarm'],
    ['packages/core/src/theory/bounds.ts', '../content/layout'],
    ['packages/core/src/simulation/run.ts', '../driver/driver'],
    ['packages/core/src/novelty/new.ts', '../content/layout'],
    ['apps/web/session/session.ts', '@swarmdrop/core/src/swarm/swarm'],
    ['apps/web/session/session.ts', '@swarmdrop/tracker'],
    ['apps/web/session/session.ts', '../../tracker/src/registry'],
    ['apps/tracker/src/main.ts', '../../../packages/core/src/index'],
    ['e2e/share.spec.ts', '../packages/core/src/content/link'],
  ])('%s may not import %s', (file, specifier) => {
    expect(objection(file, specifier)).toBeTypeOf('string')
  })
})
