import { expect, it } from 'vitest'
import { roomCodeIn } from './room-code'

it.each([
  'K7P2QX',
  'k7p2qx',
  ' K7P 2QX ',
  'k7p-2qx',
  'K7P2QX.',
  '(K7P2QX)',
  'K7P2QX&fbclid=IwAR0abcdef',
  'K7P2QX%E2%80%8B',
  '\u200bK7P2QX',
  '%23K7P2QX',
  '#k7p 2qx!',
])('“%s” is read as a code', (text) => expect(roomCodeIn(text)).toBe('K7P2QX'))

it.each(['', 'K7P2Q', 'K7P2QXY', 'K7P2Q0', 'hello there', 'QkFEIExJTktTIEdFVCBBIENMRUFSIFNFTlRFTkNFLi4'])(
  '“%s” is none',
  (text) => expect(roomCodeIn(text)).toBeUndefined(),
)
