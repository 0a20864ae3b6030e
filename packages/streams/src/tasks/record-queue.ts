import { Headers } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import { Record } from '../processor/record.ts'
import type { SourceDefinition, TimestampExtractor } from '../topology/definition.ts'
import type { Sensor } from '../metrics/sensor.ts'
import { RecordError } from '../handlers/record-error.ts'
import type { FailureHandling, SourceBytes } from './failure-handling.ts'
import type { RecordSource } from './record-source.ts'
import type { SourceTaskNode } from './source-task-node.ts'

const noHeaders = new Headers()

interface QueuedBatch {
  readonly records: RecordSource
  readonly count: number
  readonly skipBefore: number
}

export interface RecordQueueOptions {
  readonly topic: string
  readonly partition: number
  readonly node: SourceTaskNode
  readonly source: SourceDefinition
  readonly defaultExtractor: TimestampExtractor | undefined
  /** Of the source: ages of the records taken, in milliseconds. */
  readonly age: Sensor
  /** Bytes of key, value and headers of each record taken. */
  readonly consumed: Sensor
  readonly failures: FailureHandling
  readonly onDropped: (reason: string) => void
}

/**
 * The fetched batches of one source partition. A record is decoded when it becomes the head, since only then its
 * timestamp is needed; what cannot be decoded, or has no valid timestamp, makes way for the next.
 */
export class RecordQueue {
  readonly topic: string
  readonly partition: number
  readonly node: SourceTaskNode
  /** Recorded by the task, which knows the time. */
  readonly age: Sensor
  /** The next record, decoded; undefined when the queue is empty. */
  head: Record<unknown, unknown> | undefined
  /** The offset from which on records were taken in; undefined before the first. */
  firstOffset: number | undefined
  headTopic = ''
  headOffset = -1
  headTimestamp = -1
  /** The highest timestamp taken so far; −1 before the first. */
  partitionTimeMs = -1
  /** Records that are neither taken nor skipped, the head included. */
  size = 0
  /** Where processing goes on after all that was taken or skipped; −1 before the first record. */
  nextOffset = -1
  readonly #key: Serde<unknown>
  readonly #value: Serde<unknown>
  readonly #extract: TimestampExtractor | undefined
  readonly #options: RecordQueueOptions
  readonly #consumed: Sensor
  readonly #batches: QueuedBatch[] = []
  #current: QueuedBatch | undefined
  #left = 0

  constructor(options: RecordQueueOptions) {
    this.topic = options.topic
    this.partition = options.partition
    this.node = options.node
    this.age = options.age
    this.#consumed = options.consumed
    this.#key = options.source.key
    this.#value = options.source.value
    this.#extract = options.source.timestampExtractor ?? options.defaultExtractor
    this.#options = options
  }

  /** Appends a batch of `count` records. Records before `skipBefore` were processed already. */
  add(records: RecordSource, count: number, skipBefore: number): void {
    this.firstOffset ??= skipBefore
    this.#batches.push({ records, count, skipBefore })
    this.size += count
    if (this.head === undefined) this.#advance()
  }

  /** Takes the head. The caller reads `head` first. */
  take(): void {
    if (this.#current !== undefined) this.#consumed.record(dataBytes(this.#current.records))
    this.nextOffset = this.headOffset + 1
    if (this.headTimestamp > this.partitionTimeMs) this.partitionTimeMs = this.headTimestamp
    this.size -= 1
    this.head = undefined
    this.#advance()
  }

  /** The bytes that the head was read from. */
  headBytes(): SourceBytes | undefined {
    return this.head === undefined || this.#current === undefined ? undefined : bytesOf(this.#current.records)
  }

  clear(): void {
    this.#batches.length = 0
    this.#current = undefined
    this.head = undefined
    this.size = 0
    this.#left = 0
  }

  #advance(): void {
    for (;;) {
      let current = this.#current
      if (current === undefined) {
        current = this.#batches.shift()
        if (current === undefined) return
        this.#current = current
        this.#left = current.count
      }
      if (!current.records.next()) {
        // A batch may hold fewer records than it was counted for, when its start was skipped.
        this.size -= this.#left
        this.#current = undefined
        continue
      }
      this.#left -= 1
      if (current.records.offset < current.skipBefore || !this.#decode(current.records)) this.size -= 1
      else return
    }
  }

  /** Makes the cursor's record the head; false when it is left out. */
  #decode(records: RecordSource): boolean {
    const topic = records.topic ?? this.topic
    const headers = records.headerCount > 0 ? new Headers(records.headers()) : undefined
    let key: unknown
    let value: unknown
    try {
      key = read(this.#key, records.buffer, records.keyStart, records.keyEnd, topic, headers)
      value = read(this.#value, records.buffer, records.valueStart, records.valueEnd, topic, headers)
    } catch (cause) {
      const what = `The serdes ${this.#key.name} and ${this.#value.name} cannot read a record`
      const record = { ...this.#place(records, headers), ...bytesOf(records) }
      this.#options.failures.deserializationFailed(this.node.name, record, what, cause)
      this.nextOffset = records.offset + 1
      return false
    }
    const timestamp =
      this.#extract === undefined ? records.timestamp : this.#extracted(this.#extract, records, key, value, headers)
    if (timestamp < 0) {
      if (this.#extract === undefined) throw this.#noTimestamp(records, headers)
      return this.#leaveOut(records, 'negative timestamp')
    }
    this.head = new Record(key, value, timestamp, headers)
    this.headTopic = topic
    this.headOffset = records.offset
    this.headTimestamp = timestamp
    return true
  }

  #leaveOut(records: RecordSource, reason: string): false {
    this.nextOffset = records.offset + 1
    this.#options.onDropped(reason)
    return false
  }

  #extracted(
    extract: TimestampExtractor,
    records: RecordSource,
    key: unknown,
    value: unknown,
    headers: Headers | undefined,
  ): number {
    try {
      const { offset, timestamp, topic = this.topic } = records
      return extract(
        { topic, partition: this.partition, offset, timestamp, key, value, headers: headers ?? noHeaders },
        this.partitionTimeMs,
      )
    } catch (cause) {
      if (cause instanceof StreamsError) throw cause
      const remedy = 'Fix the extractor'
      throw new RecordError(
        'The timestamp extractor failed',
        'TIMESTAMP_EXTRACTOR',
        this.#place(records, headers),
        cause,
        remedy,
      )
    }
  }

  #noTimestamp(records: RecordSource, headers: Headers | undefined): RecordError {
    const cause = new Error(`its timestamp ${records.timestamp} is negative`)
    const remedy = 'Write records with timestamps, or give the source a timestamp extractor'
    return new RecordError('No usable timestamp', 'NEGATIVE_TIMESTAMP', this.#place(records, headers), cause, remedy)
  }

  #place(
    records: RecordSource,
    headers: Headers | undefined,
  ): { topic: string; partition: number; offset: number; timestamp: number; headers: Headers } {
    const { offset, timestamp, topic = this.topic } = records
    return { topic, partition: this.partition, offset, timestamp, headers: headers ?? noHeaders }
  }
}

/** Key, value and headers. */
function dataBytes(records: RecordSource): number {
  const { keyStart, keyEnd, valueStart, valueEnd } = records
  let bytes = (keyStart < 0 ? 0 : keyEnd - keyStart) + (valueStart < 0 ? 0 : valueEnd - valueStart)
  if (records.headerCount === 0) return bytes
  for (const { key, value } of records.headers()) bytes += Buffer.byteLength(key) + (value?.length ?? 0)
  return bytes
}

/** Copies: the batch may be gone before they are sent. */
function bytesOf({ buffer, keyStart, keyEnd, valueStart, valueEnd }: RecordSource): SourceBytes {
  return {
    key: keyStart < 0 ? null : Buffer.from(buffer.subarray(keyStart, keyEnd)),
    value: valueStart < 0 ? null : Buffer.from(buffer.subarray(valueStart, valueEnd)),
  }
}

function read(
  serde: Serde<unknown>,
  buffer: Buffer,
  start: number,
  end: number,
  topic: string,
  headers: Headers | undefined,
): unknown {
  if (start < 0) return null
  if (serde.deserializeSlice !== undefined) return serde.deserializeSlice(buffer, start, end)
  return serde.deserialize(buffer.subarray(start, end), topic, headers ?? noHeaders)
}
