import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import {
  cpaceKey,
  cpacePoint,
  cpaceProof,
  cpaceSecret,
  generatorOf,
  generatorString,
  scalarOf,
  withLengths,
} from './cpace'

// All of this is from the draft's appendix, "Test vector for CPace using group ristretto255 and hash SHA-512".
const inputs = {
  password: utf8ToBytes('Password'),
  channel: hexToBytes('0b415f696e69746961746f720b425f726573706f6e646572'),
  session: hexToBytes('7e4b4791d6a8ef019b936c79fb7f2c57'),
}
const drawnByA = hexToBytes('da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08')
const drawnByB = hexToBytes('d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d')
const shareOfA = 'd6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157'
const shareOfB = '3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258'
const point = '80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f'
const key =
  'b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd' +
  '2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447'
const messages = {
  initiator: { share: hexToBytes(shareOfA), data: utf8ToBytes('ADa') },
  responder: { share: hexToBytes(shareOfB), data: utf8ToBytes('ADb') },
}
const hex = (bytes: Uint8Array | undefined) => bytes && bytesToHex(bytes)

describe('the draft’s test vectors', () => {
  it.each([
    ['nothing', new Uint8Array(), '00'],
    ['four bytes', utf8ToBytes('1234'), '0431323334'],
    ['127 bytes', new Uint8Array(127), `7f${'00'.repeat(127)}`],
    ['128 bytes', new Uint8Array(128), `8001${'00'.repeat(128)}`],
  ])('[CODE-4] a length stands before %s', (_name, text, expected) => {
    expect(hex(withLengths(text))).toBe(expected)
  })

  it('[CODE-4] texts with their lengths', () => {
    const texts = ['1234', '5', '', '678'].map((text) => utf8ToBytes(text))
    expect(hex(withLengths(...texts))).toBe('043132333401350003363738')
  })

  it('[CODE-4] the string that a generator comes from', () => {
    const group = '11435061636552697374726574746f323535'
    const ends = '180b415f696e69746961746f720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f2c57'
    expect(hex(generatorString(inputs))).toBe(`${group}0850617373776f726464${'00'.repeat(100)}${ends}`)
  })

  it('[CODE-4] the generator', () => {
    expect(hex(generatorOf(inputs).toBytes())).toBe('222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56')
  })

  it('[CODE-4] what A and B send', () => {
    expect(hex(cpaceSecret(inputs, () => drawnByA).share)).toBe(shareOfA)
    expect(hex(cpaceSecret(inputs, () => drawnByB).share)).toBe(shareOfB)
  })

  it('[CODE-4] the point that both work out', () => {
    expect(hex(cpacePoint(scalarOf(drawnByA), hexToBytes(shareOfB)))).toBe(point)
    expect(hex(cpacePoint(scalarOf(drawnByB), hexToBytes(shareOfA)))).toBe(point)
  })

  it('[CODE-4] the key that both work out', () => {
    expect(hex(cpaceKey(inputs.session, scalarOf(drawnByA), hexToBytes(shareOfB), messages))).toBe(key)
    expect(hex(cpaceKey(inputs.session, scalarOf(drawnByB), hexToBytes(shareOfA), messages))).toBe(key)
  })

  const scalar = scalarOf(hexToBytes('7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05'))

  it('[CODE-4] a valid point', () => {
    const valid = hexToBytes('2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c')
    const product = '7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e'
    expect(hex(cpacePoint(scalar, valid))).toBe(product)
  })

  it.each([
    ['is no point', '2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c'],
    ['is the neutral one', '00'.repeat(32)],
    ['is too short', '00'.repeat(31)],
  ])('[CODE-4] ends the run where a share %s', (_name, share) => {
    expect(cpacePoint(scalar, hexToBytes(share))).toBeUndefined()
    expect(cpaceKey(inputs.session, scalar, hexToBytes(share), messages)).toBeUndefined()
  })
})

describe('a proof', () => {
  const proofOf = (message: { share: Uint8Array; data: Uint8Array }) =>
    hex(cpaceProof(inputs.session, hexToBytes(key), message))

  it('[CODE-5] of one side is not that of the other, nor of another session', () => {
    expect(proofOf(messages.initiator)).not.toBe(proofOf(messages.responder))
    expect(proofOf({ ...messages.initiator, data: messages.responder.data })).not.toBe(proofOf(messages.initiator))
    expect(hex(cpaceProof(new Uint8Array(16), hexToBytes(key), messages.initiator))).not.toBe(
      proofOf(messages.initiator),
    )
  })
})
