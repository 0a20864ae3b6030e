import { RecordBatch } from '@streamwright/protocol'

/** What is about the broker itself, or about the moment. */
const volatile: ReadonlySet<string> = new Set([
  ...['throttleTimeMs', 'host', 'port', 'clusterId', 'unknownTags', 'nodeEndpoints', 'coordinatorEpoch'],
  ...['lastTimestamp', 'transactionStartTimeMs', 'finalizedFeaturesEpoch', 'logAppendTimeMs', 'rack'],
  ...['leaderEpoch', 'currentLeaderEpoch', 'documentation'],
])

const texts: ReadonlySet<string> = new Set(['errorMessage', 'batchIndexErrorMessage'])

/**
 * An answer without what differs from broker to broker, and from moment to moment, with ids by their names. Lists have
 * no order. With `withTexts` false, messages are left out too.
 */
export function comparable(value: unknown, names: ReadonlyMap<unknown, string>, withTexts: boolean): unknown {
  if (typeof value === 'string' || typeof value === 'bigint') return named(value, names)
  if (ArrayBuffer.isView(value)) return bytes(Buffer.from(value.buffer, value.byteOffset, value.byteLength), names)
  if (Array.isArray(value)) {
    if (isByTopic(value)) return comparable(byPartition(value as readonly ByTopic[]), names, withTexts)
    const elements: readonly unknown[] = value.map((element) => comparable(element, names, withTexts))
    return elements.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .filter(([name]) => !volatile.has(name) && (withTexts || !texts.has(name)))
      .map(([name, member]) => [name, memberOf(name, member, names, withTexts)]),
  )
}

function memberOf(name: string, member: unknown, names: ReadonlyMap<unknown, string>, withTexts: boolean): unknown {
  if (name === 'sessionId') return member !== 0
  if (typeof member === 'bigint' && name !== 'producerId') return isMoment(member) ? '<moment>' : Number(member)
  return comparable(member, names, withTexts)
}

interface ByTopic {
  readonly partitions: readonly object[]
}

/** Fetch may tell of a topic in several places. */
function isByTopic(value: readonly unknown[]): boolean {
  return value.some((each) => typeof each === 'object' && each !== null && 'partitions' in each && 'topic' in each)
}

function byPartition(topics: readonly ByTopic[]): object[] {
  return topics.flatMap(({ partitions, ...topic }) => partitions.map((partition) => ({ ...topic, partition })))
}

function named(value: string | bigint, names: ReadonlyMap<unknown, string>): unknown {
  const name = names.get(value)
  if (name !== undefined) return `<${name}>`
  if (typeof value === 'bigint') return isMoment(value) ? '<moment>' : Number(value)
  let text = value
  for (const [id, its] of names) if (typeof id === 'string' && id.length > 8) text = text.replaceAll(id, `<${its}>`)
  return text.replaceAll(/within \[-?\d+, -?\d+\]/g, 'within <moments>')
}

/** Record batches by their headers and records; other bytes as they are. */
function bytes(buffer: Buffer, names: ReadonlyMap<unknown, string>): unknown {
  const batches: object[] = []
  try {
    for (let at = 0; buffer.length - at >= 61 && buffer[at + 16] === 2;) {
      const end = at + 12 + buffer.readInt32BE(at + 8)
      if (end > buffer.length) break
      batches.push(batchOf(buffer.subarray(at, end), names))
      at = end
    }
  } catch {
    return buffer.toString('hex')
  }
  return batches.length > 0 ? batches : buffer.toString('hex')
}

function batchOf(batch: Buffer, names: ReadonlyMap<unknown, string>): object {
  const attributes = batch.readInt16BE(21)
  const isStampedByBroker = (attributes & 8) !== 0 || (attributes & 0x20) !== 0
  return {
    baseOffset: Number(batch.readBigInt64BE(0)),
    attributes,
    lastOffsetDelta: batch.readInt32BE(23),
    ...(!isStampedByBroker && {
      baseTimestamp: Number(batch.readBigInt64BE(27)),
      maxTimestamp: Number(batch.readBigInt64BE(35)),
    }),
    producerId: named(batch.readBigInt64BE(43), names),
    producerEpoch: batch.readInt16BE(51),
    baseSequence: batch.readInt32BE(53),
    count: batch.readInt32BE(57),
    records: (attributes & 7) === 0 ? batch.subarray(61).toString('hex') : decompressed(batch),
  }
}

/** Bytes of compressors need not be alike. */
function decompressed(batch: Buffer): unknown {
  try {
    const cursor = new RecordBatch(batch, 0, batch.length).records()
    const records: unknown[] = []
    const part = (start: number, end: number): string | null =>
      start < 0 ? null : cursor.buffer.toString('hex', start, end)
    while (cursor.next())
      records.push([cursor.offset, part(cursor.keyStart, cursor.keyEnd), part(cursor.valueStart, cursor.valueEnd)])
    return records
  } catch {
    return batch.subarray(61).toString('hex')
  }
}

/** A time at which this runs; requests have others. */
function isMoment(value: bigint): boolean {
  return value > 1_780_000_000_000n && value < 2_500_000_000_000n
}
