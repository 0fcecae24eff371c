// SHA-256 for contracts and tests, slower than any platform's and everywhere the same.
import { sha256 as digest } from '@noble/hashes/sha2.js'
import type { Hasher } from '../ports'

export const sha256: Hasher = async (bytes) => digest(bytes)
