import { Headers } from './headers.ts'
import type { Serde } from './serde.ts'
import { SerdeError } from './serde-error.ts'
import { toBytes } from './serialized.ts'

/** How Kafka's `ListSerializer` writes: values of one length one after the other, or each behind its length. */
const constantSize = 0
const variableSize = 1
const intBytes = 4
/** Stands for null in place of a length. */
const nullLength = -1

const noHeaders = new Headers()

/**
 * Lists of what another serde writes, in the bytes of Kafka's `ListSerde`: nulls may be among them.
 *
 * `byte 0 | int32 nulls | int32 index of each | int32 size | values` where all values have the same length, else
 * `byte 1 | int32 size | (int32 length, -1 for null | value)*`.
 */
export function listSerde<T>(inner: Serde<T>): Serde<readonly (T | null)[]> {
  const { fixedBytes } = inner
  const serialize = (values: readonly (T | null)[], topic: string, headers: Headers): Buffer => {
    const parts = values.map((value) =>
      value === null ? null : Buffer.from(toBytes(inner.serialize(value, topic, headers))),
    )
    return fixedBytes === undefined ? encodeVariable(parts) : encodeConstant(parts)
  }
  return {
    name: `list(${inner.name})`,
    serialize,
    deserialize(bytes, topic, headers = noHeaders) {
      const reader = new ListReader(bytes)
      const parts = reader.read(fixedBytes)
      return parts.map((part) => (part === null ? null : inner.deserialize(part, topic, headers)))
    },
  }
}

function encodeVariable(parts: readonly (Buffer | null)[]): Buffer {
  const chunks: Buffer[] = [Buffer.of(variableSize), int(parts.length)]
  for (const part of parts) {
    if (part === null) chunks.push(int(nullLength))
    else chunks.push(int(part.length), part)
  }
  return Buffer.concat(chunks)
}

function encodeConstant(parts: readonly (Buffer | null)[]): Buffer {
  const nulls = parts.flatMap((part, index) => (part === null ? [index] : []))
  const values = parts.filter((part) => part !== null)
  return Buffer.concat([Buffer.of(constantSize), int(nulls.length), ...nulls.map(int), int(parts.length), ...values])
}

function int(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(intBytes)
  bytes.writeInt32BE(value)
  return bytes
}

/** Reads one list; what does not fit into the bytes is an error, before anything of a claimed size is made. */
class ListReader {
  readonly #bytes: Buffer
  #at = 1

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  read(fixedBytes: number | undefined): (Buffer | null)[] {
    const strategy = this.#bytes[0]
    if (strategy === variableSize) return this.#readVariable()
    if (strategy === constantSize && fixedBytes !== undefined) return this.#readConstant(fixedBytes)
    throw malformed(strategy === undefined ? 'there are no bytes' : `it begins with ${strategy}`)
  }

  #readVariable(): (Buffer | null)[] {
    const size = this.#count(intBytes)
    const parts: (Buffer | null)[] = []
    for (let index = 0; index < size; index++) {
      const length = this.#int()
      parts.push(length === nullLength ? null : this.#take(length))
    }
    return parts
  }

  #readConstant(fixedBytes: number): (Buffer | null)[] {
    const nullCount = this.#count(intBytes)
    const nulls = new Set<number>()
    for (let index = 0; index < nullCount; index++) nulls.add(this.#int())
    const size = this.#int()
    if (size < 0 || (size - nulls.size) * fixedBytes > this.#bytes.length - this.#at) throw malformed('it is cut')
    return Array.from({ length: size }, (_none, index) => (nulls.has(index) ? null : this.#take(fixedBytes)))
  }

  /** A count of things that take at least so many bytes each. */
  #count(bytesEach: number): number {
    const count = this.#int()
    if (count < 0 || count * bytesEach > this.#bytes.length - this.#at) throw malformed('it is cut')
    return count
  }

  #int(): number {
    return this.#take(intBytes).readInt32BE()
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (length < 0 || end > this.#bytes.length) throw malformed('it is cut')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }
}

function malformed(why: string): SerdeError {
  return new SerdeError(`Unable to deserialize into a List: ${why}`)
}
