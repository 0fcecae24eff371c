// The bytes that are spread: a file of the teacher's or made-up ones, in memory once for the whole page. Each run gets a content
// id of its own, so that no run finds what another has spread.
import { buildContent, type Content, DIGEST_BYTES, layoutOf, seededRandom } from '@swarmdrop/core'
import { startHashers } from '../../adapters/hashing/hashers'

/** So many that manifest, hash pages and bitfields fit into one message of the room each. */
const MAX_LAB_CHUNKS = 1_024

export type Material = { name: string; bytes: Uint8Array<ArrayBuffer>; digests: Uint8Array; chunkBytes: number }

export type RunContent = { content: Content; pages: Uint8Array[] }

/** Why this much cannot be run here, in a sentence; undefined when it can. */
export function materialProblem(fileBytes: number, chunkBytes: number): string | undefined {
  if (fileBytes <= MAX_LAB_CHUNKS * chunkBytes) return undefined
  const most = Math.floor((MAX_LAB_CHUNKS * chunkBytes) / 1e6)
  return `The lab spreads at most ${MAX_LAB_CHUNKS} chunks, here ${most} MB. Take a smaller file.`
}

/** Bytes as good as random, the same for the same seed. */
export async function generateMaterial(byteCount: number, chunkBytes: number, seed: number): Promise<Material> {
  const bytes = new Uint8Array(byteCount)
  const words = new Uint32Array(bytes.buffer, 0, byteCount >> 2)
  let state = Math.floor(seededRandom(seed)() * 4_294_967_295) + 1
  for (let i = 0; i < words.length; i++) {
    // Xorshift: as quick as memory, and no two chunks alike.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[i] = state
  }
  return digested('data.bin', bytes, chunkBytes)
}

/** Rejects with an Error for the person when the file cannot be read. */
export async function readMaterial(file: File, chunkBytes: number): Promise<Material> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Error(`“${file.name}” cannot be read. Choose it again.`)
  })
  return digested('file.bin', new Uint8Array(bytes), chunkBytes)
}

/** `run` makes the id differ from every other run's. */
export function contentOfRun({ name, bytes, digests, chunkBytes }: Material, run: string): RunContent {
  return buildContent([{ path: `${run}/${name}`, bytes: bytes.length }], digests, chunkBytes)
}

async function digested(name: string, bytes: Uint8Array<ArrayBuffer>, chunkBytes: number): Promise<Material> {
  const hashers = startHashers(new Blob([bytes]), chunkBytes, 1)
  try {
    const digests = await (hashers.each[0]?.(0, bytes.length) ?? Promise.resolve(new Uint8Array()))
    const { chunkCount } = layoutOf(bytes.length, chunkBytes)
    if (digests.length !== chunkCount * DIGEST_BYTES) throw new Error('The data could not be digested. Try again.')
    return { name, bytes, digests, chunkBytes }
  } finally {
    hashers.close()
  }
}
