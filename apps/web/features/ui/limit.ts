// Reads a speed limit as a person types it. Knows nothing of fields or sessions.

export type Limit = { bytesPerSecond: number | undefined } | { problem: string }

/** In kB/s; empty means none. */
export function readLimit(text: string): Limit {
  const trimmed = text.trim()
  if (trimmed === '') return { bytesPerSecond: undefined }
  if (!/^\d+([.,]\d+)?$/.test(trimmed)) return { problem: 'Write a number, such as 500, or leave it empty.' }
  const bytesPerSecond = Math.round(Number(trimmed.replace(',', '.')) * 1000)
  if (bytesPerSecond < 1000) return { problem: 'The lowest limit is 1 kB/s. Leave it empty for none.' }
  // Beyond any connection, and near where numbers stop being exact.
  if (bytesPerSecond > 1e12) return { problem: 'That is more than any connection. Leave it empty for none.' }
  return { bytesPerSecond }
}
