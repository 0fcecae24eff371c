// Each rule of who may import whom, kept and broken.
import { describe, expect, it } from 'vitest'
import { importsOf, objection } from './import-rules.mjs'

const DOORS = ['@swarmdrop/core', '@swarmdrop/peer', '@swarmdrop/peer/stores', '@swarmdrop/peer/testing']
const objectionTo = (file: string, specifier: string) => objection(file, specifier, DOORS)

const core = 'packages/core/src'
const peer = 'packages/peer/src'
const web = 'apps/web'

/** A rule, as a sentence; imports that it allows, and imports that it refuses with words that hold all of `because`. */
type Rule = { allows?: [string, string][]; refuses: [string, string][]; because: string }

const rules: Record<string, Rule> = {
  'a layer of core imports those below it': {
    allows: [
      [`${core}/swarm/swarm.ts`, './choker'],
      [`${core}/swarm/swarm.ts`, '../content/bitfield'],
      [`${core}/swarm/swarm.ts`, '../wire/codec'],
      [`${core}/swarm/policies/random.ts`, '../../content/bitfield'],
      [`${core}/driver/driver.ts`, '../swarm/swarm'],
      [`${core}/signaling/seal.ts`, '../content/link'],
      [`${core}/simulation/result.ts`, '../theory/index'],
      [`${core}/index.ts`, './theory/bounds'],
    ],
    refuses: [
      [`${core}/content/manifest.ts`, '../wire/codec'],
      [`${core}/wire/codec.ts`, '../swarm/swarm'],
      [`${core}/swarm/swarm.ts`, '../driver/driver'],
      [`${core}/swarm/swarm.ts`, '../simulation/network'],
      [`${core}/swarm/policies/random.ts`, '../../driver/driver'],
      [`${core}/signaling/seal.ts`, '../swarm/swarm'],
      [`${core}/theory/bounds.ts`, '../content/layout'],
      [`${core}/simulation/run.ts`, '../driver/driver'],
    ],
    because: 'may import',
  },
  'a layer of peer imports those below it': {
    allows: [
      [`${peer}/time/throttle.ts`, '../ports'],
      [`${peer}/links/peer-links.ts`, '../time/timers'],
      [`${peer}/line/tracker-line.ts`, '../ports'],
      [`${peer}/stores/recovery.ts`, '../snapshots'],
      [`${peer}/library/records.ts`, '../stores/recovery'],
      [`${peer}/swarm/live-swarm.ts`, '../links/peer-links'],
      [`${peer}/swarm/live-swarm.ts`, '../line/swarm-line'],
      [`${peer}/transfer/receiving.ts`, '../library/library'],
      [`${peer}/transfer/receiving.ts`, '../stores/opening-store'],
      [`${peer}/transfer/transfer.ts`, '../swarm/live-swarm'],
      [`${peer}/lab/host.ts`, '../line/room-line'],
      [`${peer}/lab/run.ts`, '../swarm/live-swarm'],
      [`${peer}/index.ts`, './lab/index'],
    ],
    refuses: [
      [`${peer}/ports.ts`, './time/timers'],
      [`${peer}/time/throttle.ts`, '../links/peer-links'],
      [`${peer}/links/peer-links.ts`, '../line/tracker-line'],
      [`${peer}/line/swarm-line.ts`, '../swarm/live-swarm'],
      [`${peer}/stores/recovery.ts`, '../library/records'],
      [`${peer}/library/records.ts`, '../swarm/live-swarm'],
      [`${peer}/swarm/live-swarm.ts`, '../transfer/transfer'],
      [`${peer}/transfer/transfer.ts`, '../lab/run'],
      [`${peer}/lab/run.ts`, '../transfer/transfer'],
    ],
    because: 'may import',
  },
  'adapters ← session ← features ← app: a layer of the page imports those below it, and features no adapter': {
    allows: [
      [`${web}/session/index.ts`, '../adapters/picking'],
      [`${web}/session/lab/host.ts`, '../../adapters/room-client'],
      [`${web}/features/ui/status.ts`, '../../session/types'],
      [`${web}/features/share/home.tsx`, '../../session'],
      [`${web}/app/entry.tsx`, '../session'],
      [`${web}/app/entry.tsx`, '../features/share/home'],
      [`${web}/app/entry.tsx`, './layout.module.css'],
    ],
    refuses: [
      [`${web}/adapters/hashing/hash-files.ts`, '../../session/types'],
      [`${web}/session/index.ts`, '../features/ui/status'],
      [`${web}/features/share/home.tsx`, '../../adapters/picking'],
      [`${web}/features/share/home.test.tsx`, '../../adapters/picking'],
      [`${web}/features/ui/use-wake-lock.ts`, '../../adapters/wake-lock'],
      [`${web}/features/lab/lab-entry.tsx`, '../../app/entry'],
      [`${web}/app/entry.tsx`, '../adapters/picking'],
    ],
    because: 'may import',
  },
  'pages stand on the parts that they share, and know no other page': {
    allows: [
      [`${web}/features/charts/chart.tsx`, '../ui/format'],
      [`${web}/features/pictures/swarm-picture.tsx`, '../charts/colours'],
      [`${web}/features/experiment/number-field.tsx`, '../ui/fields.module.css'],
      [`${web}/features/distribution/curves.ts`, '../charts/chart'],
      [`${web}/features/receive/transfer-view.tsx`, '../distribution/distribution-panel'],
      [`${web}/features/share/sharing-view.tsx`, '../distribution/distribution-panel'],
      [`${web}/features/lab/live-view.tsx`, '../pictures/swarm-picture'],
      [`${web}/features/theory/theory-page.tsx`, '../experiment/number-field'],
    ],
    refuses: [
      [`${web}/features/ui/status.ts`, '../charts/chart'],
      [`${web}/features/charts/chart.tsx`, '../pictures/swarm-picture'],
      [`${web}/features/pictures/swarm-picture.tsx`, '../lab/live-view'],
      [`${web}/features/experiment/number-field.tsx`, '../theory/rules'],
      [`${web}/features/distribution/curves.ts`, '../share/sharing-view'],
      [`${web}/features/share/home.tsx`, '../receive/link-page'],
      [`${web}/features/receive/link-page.tsx`, '../share/home'],
      [`${web}/features/lab/settings-form.tsx`, '../theory/rules'],
      [`${web}/features/theory/rules.tsx`, '../lab/policy-fields'],
      [`${web}/features/lab/live-view.tsx`, '../distribution/curves'],
    ],
    because: 'may import',
  },
  'a new layer says first what it may import': {
    refuses: [
      [`${core}/novelty/new.ts`, '../content/layout'],
      [`${peer}/novelty/new.ts`, '../time/timers'],
      [`${web}/features/novelty/new.tsx`, '../ui/format'],
    ],
    because: 'is not in scripts/import-rules.mjs',
  },
  'so does a new folder': {
    refuses: [
      ['apps/phone/main.ts', './view'],
      ['novelty/new.ts', '@swarmdrop/core'],
    ],
    because: 'is not in scripts/import-rules.mjs',
  },
  'no layer imports what stands above them all': {
    refuses: [
      [`${core}/swarm/swarm.ts`, '../index'],
      [`${core}/swarm/swarm.ts`, '..'],
      [`${peer}/lab/run.ts`, '../index'],
      [`${web}/app/entry.tsx`, '../next.config'],
    ],
    because: 'by its own door',
  },
  'a package does not import itself': {
    refuses: [
      [`${core}/swarm/swarm.ts`, '@swarmdrop/core'],
      [`${peer}/lab/run.ts`, '@swarmdrop/peer/stores'],
    ],
    because: 'by its own door',
  },
  'core is for all but the tools, peer for the page, the terminal and their tests': {
    allows: [
      [`${peer}/lab/run.ts`, '@swarmdrop/core'],
      ['apps/tracker/src/registry.ts', '@swarmdrop/core'],
      [`${web}/session/session.ts`, '@swarmdrop/core'],
      [`${web}/adapters/stores/opfs.worker.ts`, '@swarmdrop/peer/stores'],
      [`${web}/features/ui/status.ts`, '@swarmdrop/peer'],
      ['apps/cli/src/main.ts', '@swarmdrop/peer'],
      ['fuzz/decoders.test.ts', '@swarmdrop/peer'],
      ['e2e/hostile-page.ts', '@swarmdrop/peer'],
      ['bench/throughput.ts', '@swarmdrop/peer'],
      ['scripts/figure.ts', '@swarmdrop/core'],
    ],
    refuses: [
      [`${core}/swarm/swarm.ts`, '@swarmdrop/peer'],
      ['apps/tracker/src/registry.ts', '@swarmdrop/peer'],
      ['scripts/figure.ts', '@swarmdrop/peer'],
      ['tooling/figures.ts', '@swarmdrop/core'],
      [`${web}/session/session.ts`, '@swarmdrop/tracker'],
      ['e2e/share.spec.ts', '@swarmdrop/web'],
    ],
    because: "of the project's packages",
  },
  'a package comes in by the doors that its package.json lists': {
    refuses: [
      [`${web}/session/session.ts`, '@swarmdrop/core/src/swarm/swarm'],
      [`${web}/session/session.ts`, '@swarmdrop/peer/links'],
    ],
    because: 'it is no door of',
  },
  'nobody takes a path into a package, but fuzz into the peer': {
    allows: [['fuzz/decoders.test.ts', '../packages/peer/src/lab/messages']],
    refuses: [
      [`${peer}/lab/run.ts`, '../../../core/src/index'],
      ['apps/tracker/src/main.ts', '../../../packages/core/src/index'],
      ['e2e/share.spec.ts', '../packages/core/src/content/link'],
      ['fuzz/decoders.test.ts', '../packages/core/src/wire/codec'],
      ['e2e/support/lab.ts', '../../packages/peer/src/lab/results'],
      ['scripts/figure.ts', '../packages/core/src/index'],
    ],
    because: 'a package comes in by its door',
  },
  'packages and apps reach into no other folder, tests and benchmarks into the apps, scripts into the tracker': {
    allows: [
      ['fuzz/stored-state.test.ts', '../apps/web/session/lab/messages'],
      ['e2e/support/people.ts', '../../apps/web/session/types'],
      ['e2e/support/lan.ts', '../../apps/tracker/src/lan-addresses'],
      ['bench/product.ts', '../apps/tracker/src/server'],
      ['scripts/start.mjs', '../apps/tracker/src/main.ts'],
      ['e2e/share.spec.ts', './support/people'],
    ],
    refuses: [
      [`${core}/swarm/swarm.ts`, '../../../../tooling/figures'],
      [`${peer}/lab/run.ts`, '../../../../apps/web/adapters/alarm-clock'],
      [`${web}/session/session.ts`, '../../tracker/src/registry'],
      ['apps/tracker/src/main.ts', '../../../tooling/project.mjs'],
      ['apps/cli/src/main.ts', '../../web/adapters/picking'],
      ['scripts/figure.ts', '../apps/web/features/theory/answers'],
      ['e2e/share.spec.ts', '../fuzz/mutations'],
    ],
    because: 'by a path,',
  },
  'e2e, bench and scripts share what is in tooling, and import nothing of each other': {
    allows: [
      ['e2e/share.spec.ts', '../tooling/files'],
      ['bench/big.ts', '../tooling/memory-watch'],
      ['scripts/test.mjs', '../tooling/run.mjs'],
      ['playwright.config.ts', './tooling/chromium.mjs'],
      ['tooling/chromium.mjs', './run.mjs'],
    ],
    refuses: [
      ['e2e/support/firefox.ts', '../../scripts/install.mjs'],
      ['bench/big.ts', '../e2e/support/files'],
      ['scripts/simulate-report.ts', '../bench/rows'],
      ['tooling/files.ts', '../e2e/support/files'],
      ['tooling/files.ts', '../bench/rows'],
      ['tooling/files.ts', '../scripts/install.mjs'],
      ['tooling/files.ts', '../apps/tracker/src/server'],
      ['fuzz/budget.ts', '../tooling/figures'],
      ['playwright.config.ts', './scripts/install.mjs'],
    ],
    because: 'by a path,',
  },
  'only tests use what is written for tests': {
    allows: [
      [`${core}/swarm/swarm.test.ts`, '../testing/clock'],
      [`${core}/testing/network.ts`, '../swarm/swarm'],
      [`${peer}/lab/run.test.ts`, '../testing/fake-line'],
      [`${web}/adapters/stores/opfs-store.test.ts`, '@swarmdrop/peer/testing'],
      ['e2e/storage-page.ts', '@swarmdrop/peer/testing'],
      ['apps/tracker/src/gateway.test.ts', './testing/peers'],
      ['e2e/storage-page.ts', '../apps/web/adapters/stores/testing/contract'],
    ],
    refuses: [
      [`${core}/swarm/swarm.ts`, '../testing/clock'],
      [`${peer}/lab/run.ts`, '../testing/fake-line'],
      ['apps/tracker/src/gateway.ts', './testing/peers'],
      [`${web}/adapters/stores/opfs-store.ts`, './testing/contract'],
      [`${web}/adapters/stores/opfs-store.ts`, '@swarmdrop/peer/testing'],
    ],
    because: 'only tests',
  },
  'core and peer know nothing of Node, but for their tests': {
    allows: [
      [`${core}/content/hash.test.ts`, 'node:crypto'],
      [`${peer}/testing/sockets.ts`, 'node:http'],
      [`${core}/signaling/seal.ts`, '@noble/ciphers/chacha.js'],
      ['apps/tracker/src/main.ts', 'node:http'],
    ],
    refuses: [
      [`${core}/swarm/swarm.ts`, 'node:crypto'],
      [`${peer}/links/peer-links.ts`, 'node:events'],
    ],
    because: 'nothing of Node',
  },
}

describe('import rules', () => {
  it('finds every way of naming another module', () => {
    const source = [
      "import { a } from './a'",
      "import type { B } from './b/b'",
      "export * from './c'",
      "import './d.css'",
      "const e = await import('./e')",
      "new Worker(new URL('./f.ts', import.meta.url))",
      "import {\n  g,\n} from 'g'",
      "const notAnImport = [new URL('https://example.org'), new URL('../out', import.meta.url)]",
    ]
    expect(importsOf(source.join('\n'))).toEqual(['./a', './b/b', './c', './d.css', './e', './f.ts', 'g'])
  })

  describe.each(Object.entries(rules))('%s', (_, { allows = [], refuses, because }) => {
    it.each(allows)('%s may import %s', (file, specifier) => {
      expect(objectionTo(file, specifier)).toBeUndefined()
    })

    it.each(refuses)('%s may not import %s', (file, specifier) => {
      expect(objectionTo(file, specifier)).toContain(because)
    })
  })
})
