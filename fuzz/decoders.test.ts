// What others send is decoded or refused: nothing is thrown, and what is taken is sound. `npm run fuzz` does the same
// for longer.
import {
  buildContent,
  contentFromManifest,
  decodeManifest,
  encodeManifest,
  findLinkId,
  findLinkInText,
  formatLinkId,
  MAX_CHUNKS,
  parseLinkId,
} from '@swarmdrop/core'
import { completionsOf, readShareCode } from '@swarmdrop/core/code'
import { pathsProblem } from '@swarmdrop/core/files'
import {
  CodeDelivery,
  CodeKnockRequest,
  CodeOpenRequest,
  CodeSayRequest,
  deriveSwarmKeys,
  deviceName,
  JoinReply,
  JoinRequest,
  LabDelivery,
  LabHostRequest,
  LabJoinRequest,
  LabSendRequest,
  LeaveRequest,
  MoreReply,
  MoreRequest,
  PieceOpener,
  PieceSealer,
  RelayOpenRequest,
  RelayPiece,
  RelayRead,
  RelayStop,
  relayKeys,
  Sealer,
  SignalDelivery,
  SignalMessage,
  SignalRequest,
} from '@swarmdrop/core/signaling'
import { Experiment, parseExperiment } from '@swarmdrop/core/simulation'
import { decodeMessage, encodedLength, encodeMessage, type Message } from '@swarmdrop/core/wire'
import { describe, expect, it } from 'vitest'
import { answerTo } from '../apps/tracker/src/stun'
import { bindingRequest, fingerprinted } from '../apps/tracker/src/testing/stun'
import { readQuery } from '../apps/web/features/experiment/url-state'
import { contentOfMessage, FromHost, FromParticipant, read, reportOf } from '../packages/peer/src/lab/messages'
import { ReachBoard } from '../packages/peer/src/lab/reach-board'
import { contentToMeetIn, reachRequest } from '../packages/peer/src/lab/reach-messages'
import { BUDGET_TIMEOUT_MS, fuzz } from './budget'
import { mutatedBytes, mutatedJson, mutatedText, oneOf } from './mutations'

const sealerOf = (key: Uint8Array) => {
  const sealer = new PieceSealer(key)
  return (piece: Uint8Array) => sealer.seal(piece)
}

const name22 = 'A'.repeat(22)
const files = [
  { path: 'a/one.txt', bytes: 300_000 },
  { path: 'b.bin', bytes: 5 },
]
const { content, pages } = buildContent(files, new Uint8Array(64).fill(7))
const frames = (
  [
    { type: 'hello', version: 1 },
    { type: 'bitfield', manifestBytes: 300, chunkCount: 20, bits: Uint8Array.of(255, 0, 240) },
    { type: 'have', chunk: 3 },
    { type: 'unchoke' },
    { type: 'request', chunk: 1, offset: 65_536, length: 16_384 },
    { type: 'cancel', chunk: 1, offset: 0 },
    { type: 'block', chunk: 1, offset: 0, data: new Uint8Array(100) },
    { type: 'metadata-request', part: 0, offset: 0, length: 300 },
    { type: 'metadata-block', part: 1, offset: 0, data: new Uint8Array(64) },
    {
      type: 'report',
      progress: { stage: 'complete', startedAgoMs: 9_000, tookMs: 5_000 },
      upload: { bytesPerSecond: 1_000, basis: 'limit' },
      download: { bytesPerSecond: 2_000, basis: 'shown' },
      activity: { paused: true, serves: false },
    },
  ] satisfies Message[]
).map((message) => encodeMessage(message)) as [Uint8Array, ...Uint8Array[]]

const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(b)

describe('fuzzed', { timeout: BUDGET_TIMEOUT_MS }, () => {
  it('[WIRE-2] frames, also of every length from 0 to 300,000', () => {
    fuzz((random) => {
      const any = () =>
        Uint8Array.from({ length: Math.floor(random() ** 4 * 300_000) }, () => Math.floor(random() * 256))
      const frame = random() < 0.05 ? any() : mutatedBytes(oneOf(frames, random), random)
      const decoded = decodeMessage(frame)
      if (!decoded.ok) return expect(decoded.reason).toMatch(/^an? /)
      expect(encodedLength(decoded.message)).toBe(frame.length)
      expect(sameBytes(encodeMessage(decoded.message), frame)).toBe(true)
    })
  })

  it('[MANIFEST-2] manifests', () => {
    const json = JSON.parse(new TextDecoder().decode(content.manifestBytes)) as unknown
    fuzz((random) => {
      const bytes =
        random() < 0.5
          ? mutatedBytes(content.manifestBytes, random)
          : new TextEncoder().encode(JSON.stringify(mutatedJson(json, random)))
      const decoded = decodeManifest(bytes)
      if (!decoded.ok) return expect(decoded.reason).not.toBe('')
      const { manifest } = decoded
      expect(sameBytes(encodeManifest(manifest), bytes)).toBe(true)
      expect(pathsProblem(manifest.files.map(({ path }) => path))).toBeUndefined()
      const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      expect(Math.ceil(total / manifest.chunkBytes)).toBeLessThanOrEqual(MAX_CHUNKS)
      if (!sameBytes(bytes, content.manifestBytes)) expect(contentFromManifest(content.id, bytes).ok).toBe(false)
    })
  })

  it('[LINK-2] links', () => {
    const link = `#${formatLinkId(content.id)}`
    fuzz((random) => {
      const text = mutatedText(link, random)
      const parsed = parseLinkId(text)
      if (parsed.ok) expect(formatLinkId(parsed.id)).toBe(text.trim().replace(/^#/, ''))
    })
  })

  it('[LINK-3] links among other text', () => {
    const link = formatLinkId(content.id)
    fuzz((random) => {
      const text = mutatedText(mutatedText(`https://drop.example.org/#${link}&fbclid=a%2523.`, random), random)
      const found = findLinkId(text)
      if (!found.ok) return expect(found.reason).toContain('Copy the whole link again')
      expect(formatLinkId(found.id)).toHaveLength(link.length)
      const inText = findLinkInText(text)
      if (inText) expect(findLinkId(formatLinkId(inText))).toEqual({ ok: true, id: inText })
    })
  })

  it('[SEAL-6] sealed signals', () => {
    const { key } = deriveSwarmKeys(content.id)
    const draw = (length: number) => new Uint8Array(length).fill(3)
    const sealed = new Sealer(key, 'from', draw).seal('to', { attempt: name22, tab: name22, signal: { type: 'end' } })
    fuzz((random) => {
      const mutated = mutatedText(sealed, random)
      const opened = new Sealer(key, 'to', draw).open('from', mutated)
      expect(opened.ok).toBe(mutated === sealed)
    })
  })

  it('[SIGNAL-1] what is under the seal', () => {
    const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 }
    const signals = [
      { type: 'offer', sdp: 'v=0' },
      { type: 'candidate', candidate },
      { type: 'end', reason: 'full' },
    ] as const
    fuzz((random) => {
      const message = mutatedJson(
        { attempt: name22, tab: name22, signal: oneOf<(typeof signals)[number]>(signals, random) },
        random,
      )
      const parsed = SignalMessage.safeParse(message)
      if (!parsed.success) return
      expect(parsed.data.attempt).toMatch(/^[\w-]{22}$/)
      expect(JSON.stringify(parsed.data).length).toBeLessThan(6 * 65_536 + 4_096)
    })
  })

  it('[RELAY-2] pieces that go through the server', () => {
    const { fromOfferer } = relayKeys(new Uint8Array(32), name22, name22, name22)
    const [first = '', second = ''] = [1, 2].map((byte) => Uint8Array.of(byte)).map(sealerOf(fromOfferer))
    fuzz((random) => {
      const opener = new PieceOpener(fromOfferer)
      for (const right of [second, first]) {
        const text = mutatedText(right, random)
        if (text !== first) expect(opener.open(text)).toBeUndefined()
      }
      expect(opener.open(first)).toEqual(Uint8Array.of(1))
    })
  })

  it('what tracker and tabs say to each other', () => {
    const shapes = [
      [JoinRequest, { swarmId: name22, wants: 3 }],
      [MoreRequest, { swarmId: name22 }],
      [LeaveRequest, { swarmId: name22 }],
      [SignalRequest, { swarmId: name22, to: name22, sealed: 'c2VhbA' }],
      [SignalDelivery, { swarmId: name22, from: name22, sealed: 'c2VhbA' }],
      [
        JoinReply,
        { id: name22, peers: [], size: 2, iceServers: [{ urls: ['stun:a.example'] }], stunPort: 3478, relays: true },
      ],
      [RelayOpenRequest, { swarmId: name22, to: name22, pair: name22 }],
      [RelayPiece, { pair: name22, sealed: 'c2VhbA' }],
      [RelayRead, { pair: name22, cost: 256 }],
      [RelayStop, { pair: name22 }],
      [MoreReply, { peers: [name22], size: 2 }],
      [LabHostRequest, { code: 'ABCDEF', token: name22 }],
      [LabJoinRequest, { code: 'ABCDEF', name: 'Ada', token: name22 }],
      [LabSendRequest, { to: 'all', body: 'text' }],
      [LabDelivery, { type: 'participant', participant: { id: 1, name: 'Ada', present: true } }],
      [CodeOpenRequest, { token: name22, nameplate: 7 }],
      [CodeKnockRequest, { nameplate: 7, body: 'text' }],
      [CodeSayRequest, { exchange: name22, body: 'text' }],
      [CodeDelivery, { type: 'knock', nameplate: 7, exchange: name22, body: 'text' }],
      [Experiment, { name: 'a', seed: 1, mode: 'p2p', fileBytes: 9, server: { uploadBytesPerSecond: 1 }, peers: [] }],
    ] as const
    fuzz((random) => {
      for (const [schema, right] of shapes) {
        const parsed = schema.safeParse(mutatedJson(right, random))
        if (!parsed.success) continue
        expect(Object.getPrototypeOf(parsed.data)).toBe(Object.prototype)
        expect(Object.keys(parsed.data)).not.toContain('__proto__')
      }
    })
  })

  it('[NAME-2] names of devices: fit to be shown, and the same when they are told on', () => {
    const names = [
      'Ana’s phone',
      'a\u0335\u0335\u200B\u0335\u0301',
      '\u202Egpj\u2066 \u3164\u2800',
      '📱 e\u0301\u0301\uFE0F',
    ] as const
    fuzz((random) => {
      const said = [1, 2, 3].map(() => mutatedText(oneOf<string>(names, random), random)).join('')
      const name = deviceName(said)
      if (name === undefined) return
      expect(deviceName(name)).toBe(name)
      expect([...name].length).toBeLessThanOrEqual(40)
      expect(name).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|\p{M}{4}| {2}|^ | $/u)
    })
  })

  it('[CODE-2] typed codes', () => {
    fuzz((random) => {
      const text = mutatedText('7-guitar-orbi', random)
      const typed = readShareCode(text)
      if (typed.kind === 'code') expect(readShareCode(`${typed.code.nameplate} ${typed.code.words}`)).toEqual(typed)
      for (const whole of completionsOf(text)) expect(readShareCode(whole).kind).not.toBe('mistake')
    })
  })

  it('STUN requests: what is answered is a request, and no answer is much longer', () => {
    const requests = [
      bindingRequest(),
      fingerprinted('8022 0005 636f7475 72000000'),
      bindingRequest('0003 0004 00000006 0024 0004 6e0001ff 0020 0008 00014000 c0000201'),
    ] as const
    fuzz((random) => {
      const request = Buffer.from(mutatedBytes(Uint8Array.from(oneOf<Buffer>([...requests], random)), random))
      const address = random() < 0.5 ? '192.0.2.1' : '2001:db8::1'
      const answer = answerTo(request, { address, port: Math.floor(random() * 65_536) })
      if (answer === undefined) return
      expect(request.readUInt16BE(0)).toBe(1)
      expect(request.length % 4).toBe(0)
      expect(answer.subarray(4, 20)).toEqual(request.subarray(4, 20))
      const isSuccess = answer.readUInt16BE(0) === 0x0101
      expect(answer.length).toBeLessThanOrEqual(request.length + (isSuccess ? (address.includes(':') ? 24 : 12) : 0))
    })
  })

  it('what teacher and students tell each other', () => {
    const manifest = Buffer.from(content.manifestBytes).toString('base64url')
    const open = {
      type: 'open',
      run: 'run',
      experiment: {},
      role: 'peer 1',
      content: formatLinkId(content.id),
      manifest,
      pages: pages.map((page) => Buffer.from(page).toString('base64url')),
      wants: 30,
      maxLinks: 60,
    }
    const summary = { type: 'summary', run: 'run', chunkCount: 2, members: [] }
    const status = {
      type: 'status',
      run: 'run',
      ids: [name22],
      held: 'gA',
      uploadedBytes: 1,
      downloadedBytes: 1,
      neighbours: [[name22, 1, 2, 7]],
    }
    const reach = reachRequest('check', new Uint8Array(32))
    const reached = { type: 'reached', check: 'check', ids: [name22], reached: [[name22, 'turn']] }
    for (const message of [open, reach]) expect(FromHost.parse(message)).toEqual(message)
    for (const message of [status, reached]) expect(FromParticipant.parse(message)).toEqual(message)
    fuzz((random) => {
      const bodyOf = (message: unknown) => {
        const body = JSON.stringify(mutatedJson(message, random))
        return random() < 0.2 ? mutatedText(body, random) : body
      }
      const heard = read(FromHost, bodyOf(oneOf<object>([open, summary, reach], random)))
      if (heard?.type === 'open') {
        const known = contentOfMessage(heard)
        if (known) expect(formatLinkId(known.content.id)).toBe(heard.content.trim().replace(/^#/, ''))
        parseExperiment(heard.experiment)
      }
      if (heard?.type === 'reach') expect(contentToMeetIn(heard)?.length ?? 32).toBe(32)
      const told = read(FromParticipant, bodyOf(oneOf<object>([status, reached], random)))
      if (told?.type === 'reached') {
        const board = new ReachBoard(['Teacher', 'Ada'], 0)
        for (const member of [0, 1]) board.reported(member, told)
        expect(board.view('done').ways.map(({ length }) => length)).toEqual([2, 2])
      }
      if (told?.type === 'status') expect(reportOf(told).held.length).toBeLessThanOrEqual(1_050)
    })
  })

  it("the theory page's address", () => {
    const query = 'file=100&server=300&peers=10x30-3000&mode=p2p&picker=random&choker=everyone&seed=3&run=one'
    fuzz((random) => {
      let text = query
      for (let i = 0; i < 3; i++) text = mutatedText(text, random)
      const { state } = readQuery(text)
      expect(state.classes.length).toBeGreaterThan(0)
    })
  })
})
