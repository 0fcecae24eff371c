// Random numbers that a test can repeat: it prints the seed, and SEED=… runs it again. Not for secrets.

/** Mulberry32: uniform enough in [0, 1) for the counts that tests make. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const testSeed = () => Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32))
