import { crc32c } from '@streamwright/protocol'

/** What a batch made by {@link batchOf} says in its header; the rest has the values of a plain producer's batch. */
export interface BatchFields {
  readonly values?: readonly (string | Buffer)[]
  readonly key?: string | null
  readonly timestamp?: number
  readonly timestamps?: readonly number[]
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly isTransactional?: boolean
  readonly isControl?: boolean
}

/** A record batch as a producer sends it, written independently of the protocol package. */
export function batchOf(fields: BatchFields = {}): Buffer {
  const values = fields.values ?? ['value']
  const timestamps = fields.timestamps ?? values.map(() => fields.timestamp ?? 1_700_000_000_000)
  const base = timestamps[0] ?? -1
  const records = values.map((value, index) =>
    recordOf((timestamps[index] ?? base) - base, index, fields.key ?? null, Buffer.from(value)),
  )
  const attributes = (fields.isTransactional === true ? 0x10 : 0) | (fields.isControl === true ? 0x20 : 0)
  return frame(records, attributes, base, Math.max(...timestamps), fields)
}

function frame(
  records: readonly Buffer[],
  attributes: number,
  baseTimestamp: number,
  maxTimestamp: number,
  fields: BatchFields,
): Buffer {
  const header = Buffer.alloc(61)
  const body = Buffer.concat(records)
  header.writeInt32BE(61 - 12 + body.length, 8)
  header.writeInt32BE(-1, 12)
  header.writeInt8(2, 16)
  header.writeInt16BE(attributes, 21)
  header.writeInt32BE(records.length - 1, 23)
  header.writeBigInt64BE(BigInt(baseTimestamp), 27)
  header.writeBigInt64BE(BigInt(maxTimestamp), 35)
  header.writeBigInt64BE(BigInt(fields.producerId ?? -1), 43)
  header.writeInt16BE(fields.producerEpoch ?? -1, 51)
  header.writeInt32BE(fields.baseSequence ?? -1, 53)
  header.writeInt32BE(records.length, 57)
  const batch = Buffer.concat([header, body])
  batch.writeUInt32BE(crc32c(batch, 21), 17)
  return batch
}

/** A marker that ends a transaction. */
export function markerOf(
  type: 'abort' | 'commit',
  producerId: number,
  producerEpoch: number,
  timestamp = 1_700_000_000_000,
): Buffer {
  const key = Buffer.from([0, 0, 0, type === 'abort' ? 0 : 1])
  const value = Buffer.from([0, 0, 0, 0, 0, 7])
  const record = recordBytes(0, 0, key, value)
  return frame([record], 0x30, timestamp, timestamp, { producerId, producerEpoch, baseSequence: -1 })
}

function recordOf(timestampDelta: number, offsetDelta: number, key: string | null, value: Buffer): Buffer {
  return recordBytes(timestampDelta, offsetDelta, key === null ? null : Buffer.from(key), value)
}

function recordBytes(timestampDelta: number, offsetDelta: number, key: Buffer | null, value: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(timestampDelta),
    varint(offsetDelta),
    key === null ? varint(-1) : Buffer.concat([varint(key.length), key]),
    varint(value.length),
    value,
    varint(0),
  ])
  return Buffer.concat([varint(body.length), body])
}

function varint(value: number): Buffer {
  let rest = value >= 0 ? BigInt(value) * 2n : BigInt(-value) * 2n - 1n
  const bytes: number[] = []
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
