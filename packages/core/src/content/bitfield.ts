// Which chunks somebody holds: one bit each, the first chunk in the highest bit of the first byte (BEP 3).

export class Bitfield {
  readonly size: number
  private readonly bytes: Uint8Array
  private setBits = 0

  constructor(size: number) {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no bitfield of ${size} bits`)
    this.size = size
    this.bytes = new Uint8Array(Math.ceil(size / 8))
  }

  /**
   * A bitfield of `bytes`, which are copied. Undefined when the length is wrong or a bit behind the last chunk is set.
   */
  static fromBytes(size: number, bytes: Uint8Array): Bitfield | undefined {
    if (bytes.length !== Math.ceil(size / 8)) return undefined
    const spareBits = bytes.length * 8 - size
    if (((bytes.at(-1) ?? 0) & ((1 << spareBits) - 1)) !== 0) return undefined
    const bitfield = new Bitfield(size)
    bitfield.bytes.set(bytes)
    for (const byte of bytes) bitfield.setBits += bitsIn(byte)
    return bitfield
  }

  static full(size: number): Bitfield {
    const bitfield = new Bitfield(size)
    bitfield.bytes.fill(0xff)
    if (size % 8 !== 0) bitfield.bytes[bitfield.bytes.length - 1] = (0xff << (8 - (size % 8))) & 0xff
    bitfield.setBits = size
    return bitfield
  }

  /** How many bits are set. */
  get count(): number {
    return this.setBits
  }

  get isComplete(): boolean {
    return this.setBits === this.size
  }

  /** Whether the bit is set; false for an index that does not exist. */
  has(index: number): boolean {
    return index >= 0 && index < this.size && ((this.bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0
  }

  /** Throws RangeError for an index that does not exist. */
  set(index: number): void {
    this.assertIndex(index)
    if (this.has(index)) return
    this.flip(index)
    this.setBits += 1
  }

  /** Throws RangeError for an index that does not exist. */
  clear(index: number): void {
    this.assertIndex(index)
    if (!this.has(index)) return
    this.flip(index)
    this.setBits -= 1
  }

  /** Sets [start, end). Throws RangeError where it reaches beyond the end. */
  setRange(start: number, end: number): void {
    if (start < 0 || end > this.size) throw new RangeError(`there are no bits ${start} to ${end}`)
    for (let index = start; index < end; index++)
      if ((index & 7) === 0 && index + 8 <= end) {
        this.setBits += 8 - bitsIn(this.bytes[index >> 3] as number)
        this.bytes[index >> 3] = 0xff
        index += 7
      } else this.set(index)
  }

  /** Clears [start, end). Throws RangeError where it reaches beyond the end. */
  clearRange(start: number, end: number): void {
    for (let index = start; index < end; index++) this.clear(index)
  }

  /** How many of [start, end) are set. */
  countIn(start: number, end: number): number {
    let count = 0
    for (let index = start; index < end; index++)
      if ((index & 7) === 0 && index + 8 <= end) {
        count += bitsIn(this.bytes[index >> 3] as number)
        index += 7
      } else if (this.has(index)) count++
    return count
  }

  /** Whether a bit of [start, end) is set. Quick where one of the first is. */
  hasAnyIn(start: number, end: number): boolean {
    for (let index = start; index < end; index++)
      if ((index & 7) === 0 && index + 8 <= end && this.bytes[index >> 3] === 0) index += 7
      else if (this.has(index)) return true
    return false
  }

  /** How many are set here and in another of the same size. */
  countShared(other: Bitfield): number {
    let count = 0
    for (let at = 0; at < this.bytes.length; at++)
      count += bitsIn((this.bytes[at] as number) & (other.bytes[at] as number))
    return count
  }

  /** The bits that are set here, and not in another bitfield of the same size. */
  without(other: Bitfield): Bitfield {
    const rest = new Bitfield(this.size)
    for (let at = 0; at < this.bytes.length; at++) {
      const byte = (this.bytes[at] as number) & ~(other.bytes[at] as number)
      rest.bytes[at] = byte
      rest.setBits += bitsIn(byte)
    }
    return rest
  }

  /** The indices that are set, ascending. */
  *indices(): Generator<number, void, undefined> {
    for (const [at, byte] of this.bytes.entries()) {
      for (let rest = byte; rest !== 0; ) {
        const bit = Math.clz32(rest) - 24
        yield at * 8 + bit
        rest &= ~(0x80 >> bit)
      }
    }
  }

  /** The same, for those that have many: a generator takes ten times as long. */
  forEach(use: (index: number) => void): void {
    const bytes = this.bytes
    for (let at = 0; at < bytes.length; at++)
      for (let rest = bytes[at] as number; rest !== 0; ) {
        const bit = Math.clz32(rest) - 24
        use(at * 8 + bit)
        rest &= ~(0x80 >> bit)
      }
  }

  copy(): Bitfield {
    return this.without(new Bitfield(this.size))
  }

  /** A copy. */
  toBytes(): Uint8Array {
    return this.bytes.slice()
  }

  private flip(index: number): void {
    const at = index >> 3
    this.bytes[at] = (this.bytes[at] ?? 0) ^ (0x80 >> (index & 7))
  }

  private assertIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`there is no bit ${index}: the bitfield has ${this.size}`)
    }
  }
}

function bitsIn(byte: number): number {
  let count = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1
  return count
}
