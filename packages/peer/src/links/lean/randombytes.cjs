// What simple-peer needs of `randombytes`: a name for its log, and one for its channel where it is given none. Both are nobody's here.
module.exports = (count) => ({ toString: () => '0'.repeat(2 * count) })
