// Why bytes may be dear on this device, as far as its browser tells. Knows nothing of transfers.

/** The part of the Network Information API that is used; Chromium has it, the types for windows do not. */
type Connection = { saveData?: boolean; type?: string }

/** `saves-data`: its person has told it to use little. */
export type ConnectionCost = 'saves-data' | 'mobile'

export function connectionCost({ connection }: { connection?: Connection } = navigator as never) {
  if (connection?.saveData) return 'saves-data'
  return connection?.type === 'cellular' ? 'mobile' : undefined
}
