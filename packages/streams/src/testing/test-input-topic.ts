import { Headers, toBytes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { RawRecord } from './list-source.ts'
import { toMilliseconds } from './test-record.ts'
import type { Instant, TestInput, TestKeyValue, TestSerdes } from './test-record.ts'

/** Options of {@link TopologyTestDriver.createInputTopic}. */
export interface TestInputTopicOptions {
  /** Timestamp of the first record that is given none. Default: the driver's time. */
  readonly startTimestamp?: Instant
  /** How much later each next record is that is given no timestamp. Default 0. */
  readonly autoAdvanceMs?: number
}

/** When the records of a list were made. Default: as records that are given no timestamp. */
export interface PipeListOptions {
  /** Timestamp of the first. */
  readonly startTimestamp: Instant
  /** How much later each next one is. Default 0. */
  readonly advanceMs?: number
}

/** Where an input topic hands its records to. */
export interface InputSink {
  pipe(record: RawRecord): void
  pipeBatch(records: readonly RawRecord[]): void
}

/** Writes records into a topic of the topology under test. Java: `TestInputTopic`. */
export class TestInputTopic<K, V> {
  readonly topic: string
  readonly #sink: InputSink
  readonly #serdes: TestSerdes<K, V>
  readonly #autoAdvanceMs: number
  #timeMs: number

  constructor(sink: InputSink, topic: string, serdes: TestSerdes<K, V>, startMs: number, autoAdvanceMs: number) {
    this.topic = topic
    this.#sink = sink
    this.#serdes = serdes
    this.#autoAdvanceMs = notNegative('autoAdvanceMs', autoAdvanceMs)
    this.#timeMs = startMs
  }

  /** One record, and all that follows from it, up to the commit. */
  pipeInput(value: V | null): void
  pipeInput(key: K | null, value: V | null, timestamp?: Instant): void
  pipeInput(first: K | V | null, ...rest: readonly (V | Instant | null | undefined)[]): void {
    if (rest.length === 0) this.pipe({ value: first as V | null })
    else this.pipeKeyValue(first as K | null, rest[0] as V | null, rest[1] as Instant | undefined)
  }

  /** The same for a record that may have headers. Java: `pipeInput(TestRecord)`. */
  pipe(input: TestInput<K, V>): void {
    this.#sink.pipe(this.#raw(input))
  }

  /** One record after the other, each with its own commit. */
  pipeRecordList(inputs: Iterable<TestInput<K, V>>): void {
    for (const input of inputs) this.pipe(input)
  }

  pipeKeyValueList(pairs: Iterable<TestKeyValue<K, V>>, options?: PipeListOptions): void {
    let index = 0
    for (const [key, value] of pairs) this.pipe({ key, value, ...listTime(options, index++) })
  }

  pipeValueList(values: Iterable<V | null>, options?: PipeListOptions): void {
    let index = 0
    for (const value of values) this.pipe({ value, ...listTime(options, index++) })
  }

  /** All of them as one commit interval, so that record caches hold back what is overtaken. */
  pipeBatch(inputs: readonly TestInput<K, V>[]): void {
    this.#sink.pipeBatch(inputs.map((input) => this.#raw(input)))
  }

  /** `pipeInput` under the name that says what the arguments are. */
  pipeKeyValue(key: K | null, value: V | null, timestamp?: Instant): void {
    this.pipe({ key, value, ...(timestamp === undefined ? {} : { timestamp }) })
  }

  /** The same for a record without a key. */
  pipeValue(value: V | null, timestamp?: Instant): void {
    this.pipeKeyValue(null, value, timestamp)
  }

  /** Moves the time of records that are given none. */
  advanceTime(byMs: number): void {
    this.#timeMs += notNegative('byMs', byMs)
  }

  #raw({ key, value, timestamp, headers }: TestInput<K, V>): RawRecord {
    const own = headers ?? new Headers()
    const time = timestamp === undefined ? this.#timeMs : toMilliseconds(timestamp)
    if (timestamp === undefined) this.#timeMs += this.#autoAdvanceMs
    return {
      topic: this.topic,
      key: key === null || key === undefined ? null : toBytes(this.#serdes.key.serialize(key, this.topic, own)),
      value: value === null ? null : toBytes(this.#serdes.value.serialize(value, this.topic, own)),
      timestamp: time,
      headers: own.toArray(),
    }
  }
}

function listTime(options: PipeListOptions | undefined, index: number): { readonly timestamp?: number } {
  if (options === undefined) return {}
  return {
    timestamp: toMilliseconds(options.startTimestamp) + index * notNegative('advanceMs', options.advanceMs ?? 0),
  }
}

function notNegative(name: string, value: number): number {
  if (value >= 0) return value
  throw new StreamsError(`${name} is ${value}; time only moves forward. Give 0 or more`, { code: 'INVALID_ARGUMENT' })
}
