// How long a distribution must take at least: from the start until the last of the peers has the file. Stands alone;
// knows nothing of how ours goes about it. Bytes, bytes a second, seconds.

export type Capacities = {
  fileBytes: number
  serverUploadBytesPerSecond: number
  peers: { uploadBytesPerSecond: number; downloadBytesPerSecond: number }[]
}

/** The terms that can set the time of the peer-to-peer bound; where two are equal, the first of them is named. */
export const bindings = ['server-upload', 'slowest-download', 'total-upload'] as const
export type Binding = (typeof bindings)[number]

export type BoundTerm = { binding: Binding; seconds: number }

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
 * The three terms of the peer-to-peer bound, in seconds, in the order of `bindings`: F/us, as the server sends each
 * byte at least once; F/dmin, as the slowest takes in the whole file; N·F/(us + Σui), as all uplinks together make N
 * copies. In a fluid of infinitely small pieces. Source: Kumar and Ross, Peer-assisted file distribution (2006). Throws
 * TheoryError for impossible capacities.
 */
export function terms(capacities: Capacities): [BoundTerm, BoundTerm, BoundTerm] {
  check(capacities)
  const { fileBytes, serverUploadBytesPerSecond, peers } = capacities
  const upload = peers.reduce((sum, peer) => sum + peer.uploadBytesPerSecond, serverUploadBytesPerSecond)
  return [
    { binding: 'server-upload', seconds: fileBytes / serverUploadBytesPerSecond },
    { binding: 'slowest-download', seconds: fileBytes / slowestDownload(capacities) },
    { binding: 'total-upload', seconds: (peers.length * fileBytes) / upload },
  ]
}

/** A speed that was seen is not known to the last byte: terms are as long as each other from here on. */
const NEARLY_AS_LONG = 0.85

/**
 * The term that sets the pace where some speeds are limits that people have set (`isSet`), and the others were only
 * seen. Anyone who was seen to send no faster than others' limits let in could have done more: a term that is set is
 * named before one that is no longer, or hardly. So is a slow download that was only seen not named where the uploads
 * alone explain it. Throws TheoryError for impossible capacities.
 */
export function pace(capacities: Capacities, isSet: (binding: Binding) => boolean): BoundTerm {
  const all = terms(capacities)
  const most = longest(all)
  const near = all.filter(({ seconds }) => seconds >= NEARLY_AS_LONG * most.seconds)
  const [set, ...others] = near.filter(({ binding }) => isSet(binding))
  if (set) return longest([set, ...others])
  const [upload, ...more] = near.filter(({ binding }) => binding !== 'slowest-download')
  return upload ? { seconds: most.seconds, binding: longest([upload, ...more]).binding } : most
}

/** D_P2P: the longest of the three `terms`, in seconds. Throws TheoryError for impossible capacities. */
export const p2pSeconds = (capacities: Capacities): BoundTerm => longest(terms(capacities))

/**
 * The same where a peer can give a chunk only when it holds it whole: nobody but the server uploads in the first
 * moments. With peers sorted by upload, fastest first, peer i cannot begin before a(i), the least t by which all that
 * was sent could make i chunks: us·t + Σ(j<i) uj·(t − a(j)) ≥ i·C. Then T ≥ (N·F + Σ ui·a(i)) / (us + Σui), besides the
 * other two terms. Throws TheoryError for impossible capacities or a chunk that is not positive.
 */
export function chunkedSeconds(capacities: Capacities, chunkBytes: number): BoundTerm {
  const [server, download] = terms(capacities)
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
  return longest([server, download, { binding: 'total-upload', seconds: (peers.length * fileBytes + lost) / upload }])
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

export type FigurePoint = { n: number; clientServer: number; p2p: number; chunked?: number | undefined }

/**
 * The known figure: the bounds of both ways for each N of `ns`, in seconds; with `chunkBytes`, that of whole chunks
 * too. An N whose capacities are impossible (nobody wants the file, or nobody sends it) has no point.
 */
export function figure(
  capacitiesFor: (n: number) => Capacities,
  ns: readonly number[],
  chunkBytes?: number,
): FigurePoint[] {
  return ns.flatMap((n) => {
    const capacities = capacitiesFor(n)
    if (problemOf(capacities) !== undefined) return []
    const chunked = chunkBytes === undefined ? undefined : chunkedSeconds(capacities, chunkBytes).seconds
    return [{ n, clientServer: clientServerSeconds(capacities), p2p: p2pSeconds(capacities).seconds, chunked }]
  })
}

/** The most points of a curve: more of them show nothing more. */
const MOST_POINTS = 100

/** 1, 2, … `largest`; past `most`, as many of them, evenly spread. */
export function sizesUpTo(largest: number, most = MOST_POINTS): number[] {
  const count = Math.min(largest, most)
  return Array.from({ length: count }, (_, i) => Math.round(1 + ((largest - 1) * i) / Math.max(1, count - 1)))
}

// Of equals the first: what a single sender limits is the plainest to say.
const longest = (all: readonly [BoundTerm, ...BoundTerm[]]): BoundTerm =>
  all.reduce((most, term) => (term.seconds > most.seconds ? term : most))

const slowestDownload = ({ peers }: Capacities) =>
  peers.reduce((least, peer) => Math.min(least, peer.downloadBytesPerSecond), Number.POSITIVE_INFINITY)

function check(capacities: Capacities): void {
  const problem = problemOf(capacities)
  if (problem !== undefined) throw new TheoryError(problem)
}

function problemOf({ fileBytes, serverUploadBytesPerSecond, peers }: Capacities): string | undefined {
  if (!isPositive(fileBytes)) return notPositive('the file size', fileBytes)
  if (!isPositive(serverUploadBytesPerSecond))
    return notPositive('the server’s upload rate', serverUploadBytesPerSecond)
  if (peers.length === 0) return 'There are no peers: give at least one.'
  for (const [i, { uploadBytesPerSecond, downloadBytesPerSecond }] of peers.entries()) {
    if (!(uploadBytesPerSecond >= 0) || uploadBytesPerSecond === Number.POSITIVE_INFINITY)
      return `The upload rate of peer ${i + 1} is ${uploadBytesPerSecond}: give a number from 0 up.`
    // Infinity is welcome: a download that never binds.
    if (!(downloadBytesPerSecond > 0))
      return `The download rate of peer ${i + 1} is ${downloadBytesPerSecond}: give a number above 0.`
  }
  return undefined
}

const isPositive = (value: number) => value > 0 && value !== Number.POSITIVE_INFINITY

const notPositive = (what: string, value: number) => `It cannot be that ${what} is ${value}: give a number above 0.`

function positive(what: string, value: number): void {
  if (!isPositive(value)) throw new TheoryError(notPositive(what, value))
}

function wholeAndPositive(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new TheoryError(`It cannot be that ${what} is ${value}: give a whole number from 1 up.`)
}
