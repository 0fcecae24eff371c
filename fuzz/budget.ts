// How long a fuzzer runs, and where its chance comes from. Knows nothing of what is fuzzed.
import { seededRandom } from '@swarmdrop/core'

/** In `npm test` so many inputs for each decoder; with FUZZ_SECONDS, as many as fit into that time. */
const INPUTS = 1_500
const seconds = Number(process.env.FUZZ_SECONDS ?? 0)
const given = process.env.FUZZ_SEED

/** Long enough for each test that runs under the budget. */
export const BUDGET_TIMEOUT_MS = 60_000 + seconds * 1_000

/** Runs `attempt` with fresh chance until the budget is spent. What fails says with which seed it does so again. */
export function fuzz(attempt: (random: () => number) => void): void {
  const first = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given)
  const startedAt = performance.now()
  let tried = 0
  const goesOn = () => (seconds > 0 ? performance.now() - startedAt < seconds * 1_000 : tried < INPUTS)
  for (; goesOn(); tried++) {
    const seed = first + tried
    try {
      attempt(seededRandom(seed))
    } catch (error) {
      throw new Error(`It fails again with FUZZ_SEED=${seed}: ${String(error)}`, { cause: error })
    }
  }
  console.info(`${tried} inputs, seeds ${first} to ${first + tried - 1}`)
}
