import { asBuffer, latin1Slice } from '@streamwright/std'
import type { Serde, Serialized } from '@streamwright/formats'
import { Headers, SerdeError, serdes } from '@streamwright/formats'

const noHeaders = new Headers()

/**
 * How the keys of a store stand in hash maps: as text that is equal exactly when the serialized bytes are. A string key
 * stands for itself, without a copy; any other is its bytes as Latin-1.
 */
export class KeyForm<K> {
  readonly #serde: Serde<K>
  readonly #topic: string
  readonly #isText: boolean

  constructor(serde: Serde<K>, topic: string) {
    this.#serde = serde
    this.#topic = topic
    this.#isText = (serde as Serde<unknown>) === serdes.string
  }

  mapKey(key: K): string {
    if (this.#isText && typeof key === 'string') return key
    const serialized = this.#serde.serialize(key, this.#topic, noHeaders)
    if (typeof serialized === 'string') {
      return this.#isText ? serialized : Buffer.from(serialized, 'utf8').toString('latin1')
    }
    const bytes = asBuffer(serialized)
    return latin1Slice(bytes, 0, bytes.length)
  }

  /** The key as it goes to topics: text is encoded in place there. */
  serialized(mapKey: string): Serialized {
    return this.#isText ? mapKey : Buffer.from(mapKey, 'latin1')
  }

  bytes(mapKey: string): Buffer {
    return Buffer.from(mapKey, this.#isText ? 'utf8' : 'latin1')
  }

  /** The bytes as Latin-1 text, for engines. */
  latin1(mapKey: string): string {
    return this.#isText && !isAscii(mapKey) ? Buffer.from(mapKey, 'utf8').toString('latin1') : mapKey
  }

  /** The reverse of {@link latin1}. */
  mapKeyOfLatin1(text: string): string {
    return this.#isText && !isAscii(text) ? Buffer.from(text, 'latin1').toString('utf8') : text
  }

  /** The key as it was given. */
  key(mapKey: string): K {
    return this.fromBytes(this.bytes(mapKey))
  }

  fromBytes(bytes: Buffer): K {
    try {
      return this.#serde.deserialize(bytes, this.#topic, noHeaders)
    } catch (cause) {
      throw new SerdeError(`A key of the store behind ${this.#topic} cannot be read as ${this.#serde.name}`, cause)
    }
  }

  mapKeyOfBytes(bytes: Buffer): string {
    return bytes.toString(this.#isText ? 'utf8' : 'latin1')
  }

  /** Text whose order is the unsigned order of the serialized keys. */
  orderKey(mapKey: string): string {
    // Pure ASCII is its own order; anything else goes by its UTF-8 bytes.
    return this.latin1(mapKey)
  }

  byteLength(mapKey: string): number {
    return this.#isText ? Buffer.byteLength(mapKey, 'utf8') : mapKey.length
  }
}

/** Keys are short: a loop takes 15 ns for 16 characters, a regular expression 40. */
function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false
  return true
}
