// How long a fuzzer runs, and where its chance comes from. Knows nothing of what is fuzzed.
import { seededRandom } from '@swarmdrop/core/simulation'

/** The inputs for each decoder in `npm test`; with FUZZ_SECONDS, as many as fit into its share of that time. */
const INPUTS = 1_500
/**
 * The share of one decoder: all fifteen share one half of the time, whole swarms the other; so all together end in it,
 * one file after another.
 */
const SHARE_OF_ONE = 1 / 32
export const SHARE_OF_SIEGES = 1 / 4
const seconds = Number(process.env.FUZZ_SECONDS ?? 0)
/** `npm run fuzz`, and not `npm test`. */
export const isLong = seconds > 0
const given = process.env.FUZZ_SEED

/**
 * Long enough for each test that runs under the budget, on a machine that is busy with other things: it ends by itself,
 * unless it hangs.
 */
export const BUDGET_TIMEOUT_MS = 300_000 + seconds * 1_000

/** Runs `attempt` with fresh chance until the budget is spent. What fails says with which seed it does so again. */
export function fuzz(attempt: (random: () => number) => void): void {
  const run = begin()
  for (let seed = run.next(); seed !== undefined; seed = run.next())
    try {
      attempt(seededRandom(seed))
    } catch (error) {
      throw failed(seed, error)
    }
}

/** `fuzz` for what takes promises: one attempt after another, so that never more of them wait than one makes. */
export async function fuzzInTurn(
  attempt: (random: () => number, seed: number) => Promise<void>,
  { inputs = INPUTS, share = SHARE_OF_ONE } = {},
): Promise<void> {
  const run = begin(inputs, share)
  for (let seed = run.next(); seed !== undefined; seed = run.next())
    try {
      await attempt(seededRandom(seed), seed)
    } catch (error) {
      throw failed(seed, error)
    }
}

/** The seeds, one after another, until the budget is spent. */
function begin(inputs = INPUTS, share = SHARE_OF_ONE): { next(): number | undefined } {
  const first = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given)
  const startedAt = performance.now()
  let tried = 0
  return {
    next() {
      const isTimeLeft = tried === 0 || performance.now() - startedAt < share * seconds * 1_000
      if (isLong ? isTimeLeft && (given === undefined || tried === 0) : tried < inputs) return first + tried++
      console.info(`${tried} inputs, seeds ${first} to ${first + tried - 1}`)
      return undefined
    },
  }
}

const failed = (seed: number, error: unknown): Error =>
  new Error(`It fails again with FUZZ_SEED=${seed}: ${String(error)}`, { cause: error })
