import { hash } from 'node:crypto'
import { assert } from '@streamwright/std'

/** What a place in the map takes: 16 bytes of hash, 8 of offset. */
const entryBytes = 24
/** How full the map may get: beyond it, places are found slowly. */
const fullAt = 0.75

/**
 * The last offset of each key, in a table of fixed size without the keys themselves: two keys count as one when their
 * MD5 hashes are the same, as in Apache Kafka. 24 bytes per place, and no object per key.
 */
export class OffsetMap {
  readonly #slots: number
  readonly #keysMax: number
  /** Four words per place; a place is empty when its offset is below 0. */
  readonly #hashes: Uint32Array
  readonly #offsets: Float64Array
  #count = 0
  /** The last offset that was looked at, whether its key counts or not. −1: none. */
  latestOffset = -1

  /** For at least `keys` keys, and no more than fit into `bytesMax`. */
  constructor(keys: number, bytesMax: number) {
    const slotsMax = Math.max(Math.floor(bytesMax / entryBytes), 2)
    this.#slots = Math.min(slotsMax, Math.max(Math.ceil(keys / fullAt), 2))
    this.#keysMax = Math.max(1, Math.floor(this.#slots * fullAt))
    this.#hashes = new Uint32Array(this.#slots * 4)
    this.#offsets = new Float64Array(this.#slots).fill(-1)
  }

  get count(): number {
    return this.#count
  }

  /** Takes no key that it does not have. */
  get isFull(): boolean {
    return this.#count >= this.#keysMax
  }

  put(key: Uint8Array, offset: number): void {
    const slot = this.#find(key)
    if ((this.#offsets[slot] ?? -1) < 0) {
      assert(this.#count < this.#keysMax, 'A map that is full takes no other key')
      this.#count += 1
      this.#hashes.set(words, slot * 4)
    }
    this.#offsets[slot] = offset
  }

  /** −1: the key was not put. */
  get(key: Uint8Array): number {
    return this.#offsets[this.#find(key)] ?? -1
  }

  /** The place of the key, or the empty one where it would go. Leaves its hash in {@link words}. */
  #find(key: Uint8Array): number {
    const digest = hash('md5', key, 'buffer')
    for (let index = 0; index < 4; index++) words[index] = digest.readUInt32BE(index * 4)
    const [first = 0, second = 0, third = 0, fourth = 0] = words
    let slot = first % this.#slots
    for (;;) {
      const at = slot * 4
      if ((this.#offsets[slot] ?? -1) < 0) return slot
      if (
        this.#hashes[at] === first &&
        this.#hashes[at + 1] === second &&
        this.#hashes[at + 2] === third &&
        this.#hashes[at + 3] === fourth
      ) {
        return slot
      }
      slot = slot + 1 === this.#slots ? 0 : slot + 1
    }
  }
}

const words = new Uint32Array(4)
