// Where the unit and integration tests are. Those that need a browser are Playwright's, in e2e/.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

/** The long files first: begun last, one would run by itself while the other cores have nothing to do. */
class LongFirst extends BaseSequencer {
  override async sort(...[files]: Parameters<BaseSequencer['sort']>) {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: { moduleId: string }) => moduleId.includes('.long.test.')
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** A crash of native code takes the process with it: its tests have one of their own (`scripts/test.mjs`). */
const NATIVE = '**/*.native.test.ts'
const onlyNative = process.env.SWARMDROP_NATIVE !== undefined

export default defineConfig({
  test: {
    include: onlyNative ? [NATIVE] : ['{packages,apps}/**/*.test.{ts,tsx}', '{scripts,fuzz}/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '**/.next/**',
      '**/out/**',
      ...(onlyNative ? [] : [NATIVE]),
      // `npm run check` is under a minute; `npm test` has the time.
      ...(process.env.SWARMDROP_FAST === undefined ? [] : ['**/*.long.test.ts']),
    ],
    environment: 'node',
    sequence: { sequencer: LongFirst },
    globals: false,
    restoreMocks: true,
    // Nothing here waits for real time: what takes longer than this hangs, on a busy machine too.
    testTimeout: 30_000,
    // One process runs many files: they share no state, and starting a process for each took half of the time.
    isolate: false,
    // One more than there are cores: some files mostly wait, for sockets, Redis or a process that starts.
    maxWorkers: availableParallelism() + 1,
  },
})
