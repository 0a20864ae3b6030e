import type { Headers, Serde } from '@streamwright/formats'
import type { Change } from '../processor/change.ts'
import { SerdeError, toBytes } from '@streamwright/formats'
import { change } from '../processor/change.ts'

const flag = { old: 0, new: 1, both: 2, oldWithLatest: 3, newWithLatest: 4, bothWithLatest: 5 } as const

/**
 * Old and new value of a row on its way to another group, in one record: the value or both, the new one behind its
 * length, and a last byte that says which.
 */
export function changeSerde<V>(inner: Serde<V>): Serde<Change<V>> {
  return {
    name: `change(${inner.name})`,
    serialize(value, topic, headers) {
      const { newValue, oldValue } = value
      const newBytes = newValue === null ? null : toBytes(inner.serialize(newValue, topic, headers))
      const oldBytes = oldValue === null ? null : toBytes(inner.serialize(oldValue, topic, headers))
      if (newBytes !== null && oldBytes !== null) {
        return Buffer.concat([varint(newBytes.length), newBytes, oldBytes, Buffer.of(flag.both)])
      }
      if (newBytes !== null) return Buffer.concat([newBytes, Buffer.of(flag.new)])
      if (oldBytes !== null) return Buffer.concat([oldBytes, Buffer.of(flag.old)])
      throw new SerdeError('Both old and new values are null in a change that is about to be repartitioned')
    },
    deserialize: (bytes, topic, headers) => readChange(inner, bytes, topic, headers),
  }
}

function readChange<V>(inner: Serde<V>, bytes: Buffer, topic: string, headers: Headers): Change<V> {
  const read = (part: Buffer): V => inner.deserialize(part, topic, headers)
  const kind = bytes.at(-1)
  switch (kind) {
    case flag.old:
      return change<V>(null, read(bytes.subarray(0, -1)))
    case flag.new:
      return change<V>(read(bytes.subarray(0, -1)), null)
    case flag.both:
      return readBoth(bytes.subarray(0, -1), read, true)
    case flag.oldWithLatest:
      return change<V>(null, read(bytes.subarray(0, -2)), bytes.at(-2) === 1)
    case flag.newWithLatest:
      return change<V>(read(bytes.subarray(0, -2)), null, bytes.at(-2) === 1)
    case flag.bothWithLatest:
      return readBoth(bytes.subarray(0, -2), read, bytes.at(-2) === 1)
    case undefined:
    default:
      throw new SerdeError(`A change ends with a byte from 0 to 5, not ${kind}`)
  }
}

function readBoth<V>(bytes: Buffer, read: (part: Buffer) => V, isLatest: boolean): Change<V> {
  const { value: newLength, end } = readVarint(bytes)
  if (newLength < 0 || end + newLength > bytes.length) {
    throw new SerdeError(`A change names ${newLength} bytes of new value, of which ${bytes.length - end} are there`)
  }
  const newEnd = end + newLength
  return change<V>(read(bytes.subarray(end, newEnd)), read(bytes.subarray(newEnd)), isLatest)
}

// Kafka's zig-zag form: a length is doubled, then written seven bits to a byte, the lowest first.
function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value * 2
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}

function readVarint(bytes: Buffer): { value: number; end: number } {
  let value = 0
  for (let index = 0; index < 5; index++) {
    const byte = bytes[index]
    if (byte === undefined) break
    value |= (byte & 0x7f) << (7 * index)
    if ((byte & 0x80) === 0) return { value: (value >>> 1) ^ -(value & 1), end: index + 1 }
  }
  throw new SerdeError('The length inside a change is cut off or too long')
}
