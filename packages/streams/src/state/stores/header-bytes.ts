import { Headers } from '@streamwright/formats'
import { asBuffer } from '@streamwright/std'
import { ByteCursor } from '../byte-cursor.ts'

const none = Buffer.alloc(0)

/** Headers as Kafka Streams keeps them in its stores: nothing where there are none, else `count | (key | value)*`. */
export function encodeHeaders(headers: Headers | undefined): Buffer {
  if (headers === undefined || headers.size === 0) return none
  const parts: Buffer[] = [varint(headers.size)]
  for (const { key, value } of headers) {
    const name = Buffer.from(key)
    parts.push(varint(name.length), name)
    if (value === null) parts.push(varint(-1))
    else parts.push(varint(value.length), asBuffer(value))
  }
  return Buffer.concat(parts)
}

/** Undefined where there are none. */
export function decodeHeaders(bytes: Buffer): Headers | undefined {
  if (bytes.length === 0) return undefined
  const cursor = new ByteCursor(bytes)
  const headers = new Headers()
  for (let left = cursor.varint(); left > 0; left--) {
    const key = cursor.take(cursor.varint()).toString('utf8')
    const length = cursor.varint()
    headers.add(key, length < 0 ? null : Buffer.from(cursor.take(length)))
  }
  return headers
}

/** Kafka's zig-zag varint. */
export function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = ((value << 1) ^ (value >> 31)) >>> 0
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}
