import type { ProducerRecord } from '@streamwright/client'
import type { Serde } from '@streamwright/streams'
import { Headers, toBytes } from '@streamwright/formats'

/** A topic with its serdes: all that a stream, a table, a sink and a test need to know of it. */
export interface Topic<K, V> {
  readonly topic: string
  readonly key: Serde<K>
  readonly value: Serde<V>
}

/** A record as bytes, ready to be sent. */
export interface InputRecord extends ProducerRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly timestamp: number
}

/** What `Topic` and the record's own key, value and time make of it. */
export function record<K, V>(topic: Topic<K, V>, key: K | null, value: V | null, timestamp: number): InputRecord {
  const headers = new Headers()
  return {
    topic: topic.topic,
    key: key === null ? null : toBytes(topic.key.serialize(key, topic.topic, headers)),
    value: value === null ? null : toBytes(topic.value.serialize(value, topic.topic, headers)),
    timestamp,
  }
}

/** Key and value of a record, as bytes. */
interface Bytes {
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** A topic whose records are printed. */
export interface Printed {
  readonly topic: string
  readonly lines: (records: readonly Bytes[]) => readonly string[]
}

/** The text of a record that has a key. */
type Text<K, V> = (key: K, value: V | null) => string

/** Prints `topic  key  value` for each record of a topic, the value as JSON; or what `text` makes of key and value. */
export function printed<K, V>(topic: Topic<K, V>, text: Text<K, V> = jsonText): Printed {
  return { topic: topic.topic, lines: (records) => records.map(lineOf(topic, text)) }
}

/** Reads a topic as a table and prints its rows, by key: what came last for each key, deleted rows left out. */
export function printedRows<K, V>(topic: Topic<K, V>, text: Text<K, V> = jsonText): Printed {
  return {
    topic: topic.topic,
    lines(records) {
      const rows = new Map(records.map((each) => [each.key?.toString('hex') ?? '', each]))
      const kept = [...rows].filter(([, { value }]) => value !== null).toSorted(([a], [b]) => (a < b ? -1 : 1))
      return kept.map(([, row]) => row).map(lineOf(topic, text))
    },
  }
}

function jsonText(key: unknown, value: unknown): string {
  return `${String(key)}  ${JSON.stringify(value)}`
}

function lineOf<K, V>({ topic, key, value }: Topic<K, V>, text: Text<K, V>): (bytes: Bytes) => string {
  const headers = new Headers()
  return (bytes) => {
    if (bytes.key === null) return `${topic}  (no key)`
    const read = bytes.value === null ? null : value.deserialize(bytes.value, topic, headers)
    return `${topic}  ${text(key.deserialize(bytes.key, topic, headers), read)}`
  }
}

/** The timestamp of a time of the day on which the examples happen: `at('09:30')`, `at('09:30:15')`. */
export function at(time: string): number {
  return Date.parse(`2026-01-15T${time}Z`)
}

/** The time of the day of a timestamp, such as `09:30:15`. */
export function clock(timestamp: number): string {
  return new Date(timestamp).toISOString().slice(11, 19)
}
