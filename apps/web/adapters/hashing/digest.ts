// SHA-256 of bytes, with whatever the browser has for it. Knows nothing of chunks.
import { createSHA256 } from 'hash-wasm'

let wasm: ReturnType<typeof createSHA256> | undefined

/**
 * 32 bytes. Without WebCrypto (a plain HTTP origin) it holds up its thread for about 1 ms a chunk: call it in a worker.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (hasWebCrypto()) return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  wasm ??= createSHA256()
  // From init to digest nothing waits, so calls in flight at once can share the one hasher.
  return (await wasm).init().update(bytes).digest('binary')
}

export function hasWebCrypto(): boolean {
  return globalThis.crypto?.subtle !== undefined
}
