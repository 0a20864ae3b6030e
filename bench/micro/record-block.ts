import type { Header, Serialized } from '@streamwright/streams'

const noHeaders: readonly Header[] = []

/**
 * Records in one buffer, read by a cursor as fetched batches are. It can be read again under later offsets and
 * timestamps, so that a benchmark has as many records as it likes without making any.
 */
export class RecordBlock {
  buffer: Buffer = Buffer.allocUnsafe(64 * 1024)
  offset = 0
  timestamp = 0
  keyStart = 0
  keyEnd = 0
  valueStart = 0
  valueEnd = 0
  readonly headerCount = 0
  count = 0
  /** Four places a record; −1 is null. */
  readonly #places: number[] = []
  readonly #timestamps: number[] = []
  #used = 0
  #next = 0
  #baseOffset = 0
  #shiftMs = 0

  append(key: Serialized | null, value: Serialized | null, timestamp: number): void {
    this.#place(4 * this.count, key)
    this.#place(4 * this.count + 2, value)
    this.#timestamps[this.count] = timestamp
    this.count += 1
  }

  clear(): void {
    this.count = 0
    this.#used = 0
    this.#next = 0
  }

  /** Sets the cursor before the first record. */
  rewind(baseOffset: number, shiftMs: number): this {
    this.#next = 0
    this.#baseOffset = baseOffset
    this.#shiftMs = shiftMs
    return this
  }

  next(): boolean {
    const index = this.#next
    if (index >= this.count) return false
    const places = this.#places
    this.keyStart = places[4 * index] as number
    this.keyEnd = places[4 * index + 1] as number
    this.valueStart = places[4 * index + 2] as number
    this.valueEnd = places[4 * index + 3] as number
    this.timestamp = (this.#timestamps[index] as number) + this.#shiftMs
    this.offset = this.#baseOffset + index
    this.#next = index + 1
    return true
  }

  headers(): readonly Header[] {
    return noHeaders
  }

  #place(at: number, data: Serialized | null): void {
    const start = this.#used
    if (data !== null) {
      // A UTF-16 unit is three bytes of UTF-8 at most.
      const room = typeof data === 'string' ? data.length * 3 : data.length
      while (start + room > this.buffer.length) this.buffer = Buffer.concat([this.buffer], this.buffer.length * 2)
      if (typeof data === 'string') this.#used += this.buffer.write(data, start)
      else {
        this.buffer.set(data, start)
        this.#used += data.length
      }
    }
    this.#places[at] = data === null ? -1 : start
    this.#places[at + 1] = data === null ? -1 : this.#used
  }
}
