import { describe, expect, it } from 'vitest'
import { answerTo } from './stun'
import { bindingRequest, fingerprinted, mappedIn, TRANSACTION } from './testing/stun'

const source = { address: '192.0.2.1', port: 32_853 }
const CHANGE_REQUEST = '0003 0004 00000006'

/** RFC 5769, section 2.1: a request between two ends of a call. */
const SAMPLE_REQUEST = bindingRequest(
  `8022 0010 5354554e 20746573 7420636c 69656e74  0024 0004 6e0001ff  8029 0008 932ff9b1 51263b36
   0006 0009 6576746a 3a683676 59202020  0008 0014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2  8028 0004 e57a3bcf`,
)

describe('the answer to a Binding request', () => {
  it('is the address it came from, written as in RFC 5769, 2.2', () => {
    expect(answerTo(bindingRequest(), source)?.toString('hex')).toBe(
      `0101000c2112a442${TRANSACTION}002000080001a147e112a643`,
    )
  })

  it('is an IPv6 address, written as in RFC 5769, 2.3', () => {
    const address = '2001:db8:1234:5678:11:2233:4455:6677'
    expect(answerTo(bindingRequest(), { address, port: 32_853 })?.toString('hex')).toBe(
      `010100182112a442${TRANSACTION}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`,
    )
  })

  it('is IPv4 where one socket serves both, and needs no zone', () => {
    const request = bindingRequest()
    expect(mappedIn(answerTo(request, { address: '::ffff:192.0.2.9', port: 5 }) ?? request)).toBe('192.0.2.9:5')
    expect(mappedIn(answerTo(request, { address: 'fe80::7%eth0', port: 5 }) ?? request)).toBe('[fe80:0:0:0:0:0:0:7]:5')
  })

  it('is no longer than it must be: 12 bytes more than the shortest request, over IPv6 24', () => {
    expect(answerTo(bindingRequest(), source)).toHaveLength(32)
    expect(answerTo(bindingRequest(), { ...source, address: '2001:db8::1' })).toHaveLength(44)
    // Whatever is asked with it adds nothing.
    expect(answerTo(fingerprinted('8022 0008 6c6f6e67 206e616d'), source)).toHaveLength(32)
  })

  it.each([
    ['nothing', Buffer.of()],
    ['less than a header', bindingRequest().subarray(0, 19)],
    ['another method', Buffer.concat([Buffer.of(0, 3), bindingRequest().subarray(2)])],
    ['an indication', Buffer.concat([Buffer.of(0, 0x11), bindingRequest().subarray(2)])],
    ['an answer: two servers would talk for ever', answerTo(bindingRequest(), source) ?? Buffer.of()],
    ['no magic cookie (RFC 3489)', Buffer.concat([bindingRequest().subarray(0, 4), Buffer.alloc(16)])],
    ['a length that is not its own', Buffer.concat([bindingRequest(), Buffer.alloc(4)])],
    ['a length that is no multiple of four', bindingRequest('80220002 6162')],
    ['an attribute that ends beyond it', bindingRequest('8022 0010 61626364')],
    ['an attribute whose padding is missing', bindingRequest('8022 0004 61626364 8022 0001').subarray(0, 31)],
    ['more than fits a packet', bindingRequest(`8022 0500 ${'61'.repeat(0x500)}`)],
    ['a wrong fingerprint', bindingRequest('8028 0004 00000000')],
    ['a fingerprint of another length', bindingRequest('8028 0000')],
    ['something after the fingerprint', Buffer.concat([fingerprinted(), Buffer.from('80220000', 'hex')])],
  ])('is none for %s', (_, request) => {
    expect(answerTo(request, source)).toBeUndefined()
  })

  it('is none for one that names port 0 as its own: anybody can write that, and the system throws at sending there', () => {
    expect(answerTo(bindingRequest(), { ...source, port: 0 })).toBeUndefined()
  })

  it('passes over what the standard defines and nobody needs here: credentials, and what follows their seal', () => {
    const credentials = `0006 0003 61626300  0008 0014 ${'00'.repeat(20)}`
    expect(mappedIn(answerTo(bindingRequest(credentials), source) ?? Buffer.of())).toBe('192.0.2.1:32853')
    const sealed = `${credentials} ${CHANGE_REQUEST}`
    expect(mappedIn(answerTo(bindingRequest(sealed), source) ?? Buffer.of())).toBe('192.0.2.1:32853')
  })
})

describe('what must be understood and is not', () => {
  it('is named in an error, where that is no longer than the request', () => {
    expect(answerTo(SAMPLE_REQUEST, source)?.toString('hex')).toBe(
      `011100102112a442${TRANSACTION}0009000400000414000a000200240000`,
    )
    const often = bindingRequest(CHANGE_REQUEST.repeat(2))
    expect(answerTo(often, source)?.toString('hex')).toContain('000a000200030000')
  })

  it('is answered by nothing where an error would be longer', () => {
    expect(answerTo(bindingRequest(CHANGE_REQUEST), source)).toBeUndefined()
    expect(answerTo(fingerprinted(CHANGE_REQUEST), source)).toHaveLength(36)
  })
})
