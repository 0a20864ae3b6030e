import { randomFillSync } from 'node:crypto'
import { assert } from './assert.ts'

/** Where randomness comes from: back-off jitter, ids, sampling. A seeded one makes a failure repeatable. */
export interface Random {
  /** At least 0, below 1. */
  fraction(): number
  /** An integer, at least 0, below `bound`. */
  below(bound: number): number
  bytes(length: number): Buffer
}

export const systemRandom: Random = {
  fraction: () => Math.random(),
  below(bound) {
    assert(bound > 0, 'A random bound is positive')
    return Math.floor(Math.random() * bound)
  },
  bytes: (length) => randomFillSync(Buffer.allocUnsafe(length)),
}

/** A repeatable source (mulberry32). The same seed gives the same sequence on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    fraction: () => next() / 0x1_0000_0000,
    below(bound) {
      assert(bound > 0, 'A random bound is positive')
      return Math.floor((next() / 0x1_0000_0000) * bound)
    },
    bytes(length) {
      const bytes = Buffer.allocUnsafe(length)
      for (let index = 0; index < length; index++) bytes[index] = next() & 0xff
      return bytes
    },
  }
}
