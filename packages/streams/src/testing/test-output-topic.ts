import { Headers } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { RawRecord } from './list-source.ts'
import type { TestKeyValue, TestRecord, TestSerdes } from './test-record.ts'

/** Where an output topic takes its records from. */
export interface OutputSource {
  /** Written and not yet read. */
  readonly records: RawRecord[]
}

/** Reads what the topology under test wrote to a topic. Java: `TestOutputTopic`. */
export class TestOutputTopic<K, V> {
  readonly topic: string
  readonly #source: OutputSource
  readonly #serdes: TestSerdes<K, V>

  constructor(topic: string, serdes: TestSerdes<K, V>, source: OutputSource) {
    this.topic = topic
    this.#source = source
    this.#serdes = serdes
  }

  /** Records that are left to be read. */
  get queueSize(): number {
    return this.#source.records.length
  }

  get isEmpty(): boolean {
    return this.queueSize === 0
  }

  /** The next record; an error when there is none. */
  readRecord(): TestRecord<K, V> {
    const raw = this.#source.records.shift()
    if (raw === undefined) {
      throw new StreamsError(`Nothing is left to be read of ${this.topic}. Look at isEmpty or queueSize first`, {
        code: 'NO_RECORD',
      })
    }
    const headers = new Headers(raw.headers)
    return {
      key: raw.key === null ? null : this.#serdes.key.deserialize(raw.key, this.topic, headers),
      value: raw.value === null ? null : this.#serdes.value.deserialize(raw.value, this.topic, headers),
      timestamp: raw.timestamp,
      headers,
    }
  }

  readValue(): V | null {
    return this.readRecord().value
  }

  readKeyValue(): TestKeyValue<K, V> {
    const { key, value } = this.readRecord()
    return [key, value]
  }

  readRecordsToList(): TestRecord<K, V>[] {
    const records: TestRecord<K, V>[] = []
    while (!this.isEmpty) records.push(this.readRecord())
    return records
  }

  readValuesToList(): (V | null)[] {
    return this.readRecordsToList().map(({ value }) => value)
  }

  readKeyValuesToList(): TestKeyValue<K, V>[] {
    return this.readRecordsToList().map(({ key, value }) => [key, value] as const)
  }

  /** The last value of each key, in the order of the keys' first records. A record without a key is an error. */
  readKeyValuesToMap(): Map<K, V | null> {
    const map = new Map<K, V | null>()
    for (const { key, value } of this.readRecordsToList()) {
      if (key === null) {
        throw new StreamsError(`A record of ${this.topic} has no key. Read the topic with readKeyValuesToList`, {
          code: 'NULL_KEY',
        })
      }
      map.set(key, value)
    }
    return map
  }

  /** Short for {@link readRecord}. */
  read(): TestRecord<K, V> {
    return this.readRecord()
  }

  /** Short for {@link readRecordsToList}. */
  readAll(): TestRecord<K, V>[] {
    return this.readRecordsToList()
  }

  /** Short for {@link readKeyValuesToList}. */
  readKeyValues(): TestKeyValue<K, V>[] {
    return this.readKeyValuesToList()
  }

  /** {@link readKeyValuesToMap}, for records without a key too. */
  readAsMap(): Map<K | null, V | null> {
    return new Map(this.readKeyValuesToList())
  }

  /** {@link queueSize}, in short. */
  get size(): number {
    return this.queueSize
  }
}
