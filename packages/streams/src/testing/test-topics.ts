import { Headers, toBytes } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import type { DriverCore } from './driver-core.ts'
import type { RawRecord } from './list-source.ts'

/** Key and value of a record, with what a test may leave out. */
export interface TestInput<K, V> {
  readonly key?: K | null
  readonly value: V | null
  /** Milliseconds. Default: the topic's own time, which starts at the driver's and grows by `autoAdvanceMs`. */
  readonly timestamp?: number
  readonly headers?: Headers
}

export interface TestRecord<K, V> {
  readonly key: K | null
  readonly value: V | null
  readonly timestamp: number
  readonly headers: Headers
}

export interface TestSerdes<K, V> {
  readonly key: Serde<K>
  readonly value: Serde<V>
}

/** Writes records into a topic of the topology under test. Java: `TestInputTopic`. */
export class TestInputTopic<K, V> {
  readonly topic: string
  readonly #core: DriverCore
  readonly #serdes: TestSerdes<K, V>
  readonly #autoAdvanceMs: number
  #timeMs: number

  constructor(core: DriverCore, topic: string, serdes: TestSerdes<K, V>, autoAdvanceMs: number) {
    this.topic = topic
    this.#core = core
    this.#serdes = serdes
    this.#autoAdvanceMs = autoAdvanceMs
    this.#timeMs = core.clock.wallMs()
  }

  pipe(input: TestInput<K, V>): void {
    this.#core.pipe(this.#raw(input))
  }

  /** All of them as one commit interval. */
  pipeBatch(inputs: readonly TestInput<K, V>[]): void {
    this.#core.pipeBatch(inputs.map((input) => this.#raw(input)))
  }

  pipeKeyValue(key: K | null, value: V | null, timestamp?: number): void {
    this.pipe({ key, value, ...(timestamp === undefined ? {} : { timestamp }) })
  }

  pipeValue(value: V | null, timestamp?: number): void {
    this.pipeKeyValue(null, value, timestamp)
  }

  advanceTime(byMs: number): void {
    this.#timeMs += byMs
  }

  #raw({ key, value, timestamp, headers }: TestInput<K, V>): RawRecord {
    const own = headers ?? new Headers()
    const time = timestamp ?? this.#timeMs
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

/** Reads what the topology under test wrote to a topic. Java: `TestOutputTopic`. */
export class TestOutputTopic<K, V> {
  readonly topic: string
  readonly #take: () => RawRecord | undefined
  readonly #size: () => number
  readonly #serdes: TestSerdes<K, V>

  constructor(topic: string, serdes: TestSerdes<K, V>, take: () => RawRecord | undefined, size: () => number) {
    this.topic = topic
    this.#serdes = serdes
    this.#take = take
    this.#size = size
  }

  get size(): number {
    return this.#size()
  }

  get isEmpty(): boolean {
    return this.size === 0
  }

  /** The next record; an error when there is none. */
  read(): TestRecord<K, V> {
    const raw = this.#take()
    if (raw === undefined) throw new Error(`No more records in ${this.topic}`)
    const headers = new Headers(raw.headers)
    return {
      key: raw.key === null ? null : this.#serdes.key.deserialize(raw.key, this.topic, headers),
      value: raw.value === null ? null : this.#serdes.value.deserialize(raw.value, this.topic, headers),
      timestamp: raw.timestamp,
      headers,
    }
  }

  readAll(): TestRecord<K, V>[] {
    const records: TestRecord<K, V>[] = []
    while (!this.isEmpty) records.push(this.read())
    return records
  }

  /** All that is left, as `[key, value]` pairs. */
  readKeyValues(): (readonly [K | null, V | null])[] {
    return this.readAll().map(({ key, value }) => [key, value] as const)
  }

  /** The last value of each key. */
  readAsMap(): Map<K | null, V | null> {
    return new Map(this.readKeyValues())
  }
}
