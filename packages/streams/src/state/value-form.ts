import type { Serde, Serialized } from '@streamwright/formats'
import { Headers, SerdeError, toBytes } from '@streamwright/formats'

const noHeaders = new Headers()
const timestampBytes = 8

/** What a store keeps for a key while it is live: the value, with its timestamp (0 in stores without timestamps). */
export interface Stored<V> {
  readonly value: V
  readonly timestamp: number
}

/** How the values of a store become bytes: for its changelog as they are, for its engine with the timestamp before them. */
export class ValueForm<V> {
  readonly immutable: boolean
  readonly #serde: Serde<V>
  readonly #topic: string
  readonly #timestamped: boolean

  constructor(serde: Serde<V>, topic: string, timestamped: boolean) {
    this.immutable = serde.immutable === true
    this.#serde = serde
    this.#topic = topic
    this.#timestamped = timestamped
  }

  serialize(value: V): Serialized {
    return this.#serde.serialize(value, this.#topic, noHeaders)
  }

  deserialize(serialized: Serialized): V {
    return this.#read(toBytes(serialized))
  }

  /** Bytes for the engine. */
  pack(serialized: Serialized, timestamp: number): Buffer {
    if (!this.#timestamped) return toBytes(serialized)
    const length = typeof serialized === 'string' ? Buffer.byteLength(serialized, 'utf8') : serialized.length
    const packed = Buffer.allocUnsafe(timestampBytes + length)
    packed.writeBigInt64BE(BigInt(timestamp), 0)
    if (typeof serialized === 'string') packed.write(serialized, timestampBytes, 'utf8')
    else packed.set(serialized, timestampBytes)
    return packed
  }

  unpack(packed: Buffer): Stored<V> {
    if (!this.#timestamped) return { value: this.#read(packed), timestamp: 0 }
    return { value: this.#read(packed.subarray(timestampBytes)), timestamp: Number(packed.readBigInt64BE(0)) }
  }

  /** Bytes for the engine of a record of the changelog. */
  packRestored(value: Buffer, timestamp: number): Buffer {
    return this.#timestamped ? this.pack(value, timestamp) : Buffer.from(value)
  }

  /** Java's size of the value in its cache: what its inner store would hold. */
  byteLength(serialized: Serialized): number {
    const length = typeof serialized === 'string' ? Buffer.byteLength(serialized, 'utf8') : serialized.length
    return this.#timestamped ? length + timestampBytes : length
  }

  #read(bytes: Buffer): V {
    try {
      return this.#serde.deserialize(bytes, this.#topic, noHeaders)
    } catch (cause) {
      throw new SerdeError(`A value of the store behind ${this.#topic} cannot be read as ${this.#serde.name}`, cause)
    }
  }
}
