// What the two ends of a data channel send each other, and what each costs on a path. Knows nothing of when it is sent.

/** The bytes of a message that one packet carries. */
export const PAYLOAD_BYTES = 1_160
/** The bytes of a packet that SCTP counts against its window, beyond the payload. */
export const CHUNK_HEADER_BYTES = 16
/** IP, UDP, DTLS and SCTP, without the chunk's own header. */
const PACKET_HEADER_BYTES = 77
const RANGE_BYTES = 4

/** The share of a bottleneck's rate that is left for messages. */
export const PAYLOAD_SHARE = PAYLOAD_BYTES / (PAYLOAD_BYTES + CHUNK_HEADER_BYTES + PACKET_HEADER_BYTES)

/** `endOf`: the message whose last bytes these are. */
export type DataPacket<M> = { tsn: number; bytes: number; endOf: M | undefined }

/** All up to `cumulative` came; beyond, what is in these ranges, both ends included. */
export type Sack = { cumulative: number; ranges: readonly (readonly [number, number])[] }

export const dataBytes = ({ bytes }: { bytes: number }): number => bytes + CHUNK_HEADER_BYTES + PACKET_HEADER_BYTES

export const sackBytes = ({ ranges }: Sack): number =>
  CHUNK_HEADER_BYTES + PACKET_HEADER_BYTES + RANGE_BYTES * ranges.length
