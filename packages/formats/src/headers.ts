import { asBuffer } from '@streamwright/std'

/** One record header. Names may repeat; a value may be null. */
export interface Header {
  readonly key: string
  readonly value: Uint8Array | null
}

/** The headers of a record, in order. Mutable, as Kafka's `Headers`. */
export class Headers implements Iterable<Header> {
  #entries: Header[]

  constructor(entries: Iterable<Header> = []) {
    this.#entries = [...entries]
  }

  get size(): number {
    return this.#entries.length
  }

  /** Appends a header; a text value stands for its UTF-8 bytes. */
  add(key: string, value: Uint8Array | string | null): this {
    this.#entries.push({ key, value: typeof value === 'string' ? Buffer.from(value) : value })
    return this
  }

  /** Removes every header of that name. */
  remove(key: string): this {
    this.#entries = this.#entries.filter((entry) => entry.key !== key)
    return this
  }

  /** The last header of that name, or undefined. */
  last(key: string): Header | undefined {
    return this.#entries.findLast((entry) => entry.key === key)
  }

  /** The last value of that name as UTF-8 text; undefined when the header is missing, null when its value is. */
  text(key: string): string | null | undefined {
    const header = this.last(key)
    if (header === undefined) return undefined
    return header.value === null ? null : asBuffer(header.value).toString('utf8')
  }

  all(key: string): readonly Header[] {
    return this.#entries.filter((entry) => entry.key === key)
  }

  toArray(): readonly Header[] {
    return this.#entries
  }

  copy(): Headers {
    return new Headers(this.#entries)
  }

  [Symbol.iterator](): Iterator<Header> {
    return this.#entries[Symbol.iterator]()
  }
}
