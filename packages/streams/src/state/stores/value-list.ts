import { SerdeError } from '@streamwright/formats'

/** A list of values of any length, as Kafka's `ListSerializer` writes it: `byte 1 | int32 count | (int32 length | value)*`. */
const headBytes = 5
const lengthBytes = 4
const variableSize = 1

export function encodeValueList(values: readonly Buffer[]): Buffer {
  let size = headBytes
  for (const value of values) size += lengthBytes + value.length
  const bytes = Buffer.allocUnsafe(size)
  bytes[0] = variableSize
  bytes.writeInt32BE(values.length, 1)
  let at = headBytes
  for (const value of values) {
    at = bytes.writeInt32BE(value.length, at)
    at += value.copy(bytes, at)
  }
  return bytes
}

/** Views of the values. Throws {@link SerdeError} for bytes that are no such list. */
export function decodeValueList(bytes: Buffer, topic: string): Buffer[] {
  const values: Buffer[] = []
  let at = headBytes
  const count = bytes.length >= headBytes && bytes[0] === variableSize ? bytes.readInt32BE(1) : -1
  for (let index = 0; index < count; index++) {
    const end = at + lengthBytes > bytes.length ? -1 : at + lengthBytes + bytes.readInt32BE(at)
    if (end < at + lengthBytes || end > bytes.length) throw malformed(topic)
    values.push(bytes.subarray(at + lengthBytes, end))
    at = end
  }
  if (count < 0 || at !== bytes.length) throw malformed(topic)
  return values
}

function malformed(topic: string): SerdeError {
  return new SerdeError(`A record of ${topic} is no list of values: is the topic used by something else?`)
}
