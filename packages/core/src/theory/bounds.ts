// How long a distribution must take at least: from the start until the last of the peers has the file. Stands alone;
// knows nothing of how ours goes about it. Bytes, bytes a second, seconds.

export type Capacities = {
  fileBytes: number
  serverUploadBytesPerSecond: number
  peers: { uploadBytesPerSecond: number; downloadBytesPerSecond: number }[]
}

/** What sets the time of the peer-to-peer bound. */
export type Binding = 'server-upload' | 'slowest-download' | 'total-upload'

export type Bounds = { clientServer: number; p2p: number; chunked: number; binding: Binding }

/** An experiment that cannot be: `message` says what is wrong with which number. */
export class TheoryError extends RangeError {
  override readonly name = 'TheoryError'
}

/**
 * D_CS = max(N·F/us, F/dmin): the server sends every peer its own copy.
 * Source: Kurose and Ross, Computer Networking, section 2.5. Throws TheoryError for impossible capacities.
 */
export function clientServerSeconds(capacities: Capacities): number {
  check(capacities)
  const { fileBytes, serverUploadBytesPerSecond, peers } = capacities
  return Math.max((peers.length * fileBytes) / serverUploadBytesPerSecond, fileBytes / slowestDownload(capacities))
}

/**
 * D_P2P = max(F/us, F/dmin, N·F/(us + Σui)), in a fluid of infinitely small pieces.
 * Source: Kumar and Ross, Peer-assisted file distribution (2006). Throws TheoryError for impossible capacities.
 */
export function p2pSeconds(capacities: Capacities): { seconds: number; binding: Binding } {
  check(capacities)
  const { fileBytes, serverUploadBytesPerSecond, peers } = capacities
  const together = (peers.length * fileBytes) / (serverUploadBytesPerSecond + totalUpload(capacities))
  return longest(capacities, together)
}

/**
 * The same where a peer can give a chunk only when it holds it whole: nobody but the server uploads in the first moments.
 * With peers sorted by upload, fastest first, peer i cannot begin before a(i), the least t by which all that was sent could
 * make i chunks: us·t + Σ(j<i) uj·(t − a(j)) ≥ i·C. Then T ≥ (N·F + Σ ui·a(i)) / (us + Σui), besides the other two terms.
 * Throws TheoryError for impossible capacities or a chunk that is not positive.
 */
export function chunkedSeconds(capacities: Capacities, chunkBytes: number): { seconds: number; binding: Binding } {
  check(capacities)
  positive('the chunk size', chunkBytes)
  const { fileBytes, serverUploadBytesPerSecond, peers } = capacities
  // A file smaller than a chunk is one chunk of its own size.
  const chunk = Math.min(chunkBytes, fileBytes)
  let upload = serverUploadBytesPerSecond
  let lost = 0 // bytes that the peers could have sent before they held anything
  const uploads = peers.map((peer) => peer.uploadBytesPerSecond).sort((a, b) => b - a)
  uploads.forEach((own, i) => {
    const begins = ((i + 1) * chunk + lost) / upload
    lost += own * begins
    upload += own
  })
  return longest(capacities, (peers.length * fileBytes + lost) / upload)
}

/** All three bounds of one experiment; `binding` is the term that sets the whole-chunk bound. */
export function bounds(capacities: Capacities, chunkBytes: number): Bounds {
  const chunked = chunkedSeconds(capacities, chunkBytes)
  return {
    clientServer: clientServerSeconds(capacities),
    p2p: p2pSeconds(capacities).seconds,
    chunked: chunked.seconds,
    binding: chunked.binding,
  }
}

/**
 * The optimum where server and peers all have the upload u, downloads do not bind, and the file is M chunks:
 * T = (F/u)·(1 + ⌊log2 N⌋/M). Source: Mundinger, Weber and Weiss, Optimal scheduling of P2P file dissemination (2008).
 * Throws TheoryError for impossible input.
 */
export function equalCapacitySeconds(
  fileBytes: number,
  uploadBytesPerSecond: number,
  peerCount: number,
  chunkCount: number,
): number {
  positive('the file size', fileBytes)
  positive('the upload rate', uploadBytesPerSecond)
  wholeAndPositive('the number of peers', peerCount)
  wholeAndPositive('the number of chunks', chunkCount)
  return (fileBytes / uploadBytesPerSecond) * (1 + Math.floor(Math.log2(peerCount)) / chunkCount)
}

/** How many times as long client-server takes, by theory. */
export function speedUp(capacities: Capacities): number {
  return clientServerSeconds(capacities) / p2pSeconds(capacities).seconds
}

/** The bounds for 1, 2, … `largest` peers all alike: the known figure. */
export function curve(
  alike: Omit<Capacities, 'peers'> & Capacities['peers'][number],
  chunkBytes: number,
  largest: number,
): ({ peers: number } & Bounds)[] {
  wholeAndPositive('the largest number of peers', largest)
  return Array.from({ length: largest }, (_, i) => ({
    peers: i + 1,
    ...bounds({ ...alike, peers: Array.from({ length: i + 1 }, () => alike) }, chunkBytes),
  }))
}

function longest(capacities: Capacities, totalUploadSeconds: number): { seconds: number; binding: Binding } {
  const { fileBytes, serverUploadBytesPerSecond } = capacities
  const terms: { seconds: number; binding: Binding }[] = [
    { seconds: fileBytes / serverUploadBytesPerSecond, binding: 'server-upload' },
    { seconds: fileBytes / slowestDownload(capacities), binding: 'slowest-download' },
    { seconds: totalUploadSeconds, binding: 'total-upload' },
  ]
  // Among equals the first: what a single sender limits is the plainest to say.
  return terms.reduce((most, term) => (term.seconds > most.seconds ? term : most))
}

const totalUpload = ({ peers }: Capacities) => peers.reduce((sum, peer) => sum + peer.uploadBytesPerSecond, 0)

const slowestDownload = ({ peers }: Capacities) =>
  peers.reduce((least, peer) => Math.min(least, peer.downloadBytesPerSecond), Number.POSITIVE_INFINITY)

function check({ fileBytes, serverUploadBytesPerSecond, peers }: Capacities): void {
  positive('the file size', fileBytes)
  positive('the server’s upload rate', serverUploadBytesPerSecond)
  if (peers.length === 0) throw new TheoryError('There are no peers: give at least one.')
  peers.forEach(({ uploadBytesPerSecond, downloadBytesPerSecond }, i) => {
    if (!(uploadBytesPerSecond >= 0) || uploadBytesPerSecond === Number.POSITIVE_INFINITY)
      throw new TheoryError(`The upload rate of peer ${i + 1} is ${uploadBytesPerSecond}: give a number from 0 up.`)
    // Infinity is welcome: a download that never binds.
    if (!(downloadBytesPerSecond > 0))
      throw new TheoryError(`The download rate of peer ${i + 1} is ${downloadBytesPerSecond}: give a number above 0.`)
  })
}

function positive(what: string, value: number): void {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY)
    throw new TheoryError(`It cannot be that ${what} is ${value}: give a number above 0.`)
}

function wholeAndPositive(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new TheoryError(`It cannot be that ${what} is ${value}: give a whole number from 1 up.`)
}
