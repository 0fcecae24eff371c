// What simple-peer needs of Node's Buffer: bytes, as a page has them. Stands in a page for `buffer`.
module.exports = { Buffer: { from: (bytes) => new Uint8Array(bytes) } }
