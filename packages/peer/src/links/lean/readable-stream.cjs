// What simple-peer needs of a stream where nobody reads or writes it as one: events, and an end. Bytes that come are told at once, to
// those who listen by then. Stands in a page for `readable-stream`; pages do without its 20 kB (lean.native.test.ts shows both alike).

class Duplex {
  readable = true
  writable = true
  // simple-peer asks both when it is destroyed.
  _readableState = { ended: false }
  _writableState = { finished: false }
  #listeners = new Map()

  on(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
    return this
  }

  once(type, listener) {
    const once = (...args) => {
      this.removeListener(type, once)
      listener.apply(this, args)
    }
    once.listener = listener
    return this.on(type, once)
  }

  removeListener(type, listener) {
    const left = (this.#listeners.get(type) ?? []).filter((each) => each !== listener && each.listener !== listener)
    this.#listeners.set(type, left)
    return this
  }

  /** An error that nobody hears is thrown, as by Node. */
  emit(type, ...args) {
    const listeners = this.#listeners.get(type) ?? []
    if (type === 'error' && listeners.length === 0) throw args[0]
    for (const listener of listeners) listener.apply(this, args)
    return listeners.length > 0
  }

  /** `null`: no more comes. */
  push(bytes) {
    if (this._readableState.ended) return false
    if (bytes !== null) return this.emit('data', bytes)
    this._readableState.ended = true
    return false
  }

  end() {
    this._writableState.finished = true
    return this
  }
}

for (const name of ['write', 'pipe', 'read', 'pause'])
  Duplex.prototype[name] = () => {
    throw new Error(`This simple-peer has no ${name}(): it is no stream here (links/lean).`)
  }

module.exports = { Duplex }
