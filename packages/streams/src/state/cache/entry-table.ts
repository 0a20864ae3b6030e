import { randomInt } from 'node:crypto'
import { present } from '@streamwright/std'

const slotsMin = 16

/** Another in each process, so that nobody can choose keys that meet in one slot. What is seen of a table does not depend on it. */
const seed = randomInt(2 ** 31)

/**
 * Entries by their key. Slots hold a hash and the number of an entry, so that a key that is not there is told by memory
 * of one line, where a `Map` looks into the text of each key in its chain: most records of a large table ask a cache for
 * what it does not have.
 */
export class EntryTable<T extends { readonly mapKey: string }> {
  /** Pairs: hash, and the number of the entry + 1; 0 is free. */
  #slots = new Int32Array(2 * slotsMin)
  #mask = slotsMin - 1
  readonly #entries: (T | undefined)[] = []
  readonly #free: number[] = []
  size = 0

  get(mapKey: string): T | undefined {
    const slot = this.#find(mapKey, hashOf(mapKey))
    const number = this.#slots[2 * slot + 1] as number
    return number === 0 ? undefined : this.#entries[number - 1]
  }

  /** Adds an entry whose key is not there yet. */
  add(entry: T): void {
    const hash = hashOf(entry.mapKey)
    const slot = this.#find(entry.mapKey, hash)
    const number = this.#free.pop() ?? this.#entries.length
    this.#entries[number] = entry
    this.#slots[2 * slot] = hash
    this.#slots[2 * slot + 1] = number + 1
    this.size += 1
    // Two thirds full, a search that fails looks at five slots.
    if (this.size * 3 > (this.#mask + 1) * 2) this.#grow()
  }

  delete(mapKey: string): void {
    const slots = this.#slots
    const mask = this.#mask
    let free = this.#find(mapKey, hashOf(mapKey))
    const number = slots[2 * free + 1] as number
    if (number === 0) return
    this.#entries[number - 1] = undefined
    this.#free.push(number - 1)
    this.size -= 1
    // Those behind it that a search would no longer reach move up.
    for (let slot = (free + 1) & mask; slots[2 * slot + 1] !== 0; slot = (slot + 1) & mask) {
      const home = (slots[2 * slot] as number) & mask
      if (((slot - home) & mask) < ((slot - free) & mask)) continue
      slots[2 * free] = slots[2 * slot] as number
      slots[2 * free + 1] = slots[2 * slot + 1] as number
      free = slot
    }
    slots[2 * free] = 0
    slots[2 * free + 1] = 0
  }

  *keys(): Generator<string> {
    for (const entry of this.#entries) if (entry !== undefined) yield entry.mapKey
  }

  /** The slot of a key, or the free one where it belongs. */
  #find(mapKey: string, hash: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = hash & mask
    for (;;) {
      const number = slots[2 * slot + 1] as number
      if (number === 0) return slot
      if (slots[2 * slot] === hash && present(this.#entries[number - 1], 'a slot has an entry').mapKey === mapKey) {
        return slot
      }
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const old = this.#slots
    const mask = 2 * this.#mask + 1
    const slots = new Int32Array(2 * (mask + 1))
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue
      let slot = (old[at] as number) & mask
      while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask
      slots[2 * slot] = old[at] as number
      slots[2 * slot + 1] = old[at + 1] as number
    }
    this.#slots = slots
    this.#mask = mask
  }
}

/** FNV-1a, mixed once more so that the low bits depend on all letters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
