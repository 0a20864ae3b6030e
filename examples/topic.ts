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

/** A topic whose records are printed, and how. */
export interface Printed {
  readonly topic: string
  readonly line: (key: Buffer | null, value: Buffer | null) => string
}

/** Prints `topic  key  value` for each record of a topic, the value as JSON; or what `text` makes of key and value. */
export function printed<K, V>(
  topic: Topic<K, V>,
  text: (key: K | null, value: V | null) => string = (key, value) => `${String(key)}  ${JSON.stringify(value)}`,
): Printed {
  const headers = new Headers()
  const read = <T>(serde: Serde<T>, bytes: Buffer | null): T | null =>
    bytes === null ? null : serde.deserialize(bytes, topic.topic, headers)
  return {
    topic: topic.topic,
    line: (key, value) => `${topic.topic}  ${text(read(topic.key, key), read(topic.value, value))}`,
  }
}

/** The timestamp of a time of the day on which the examples happen: `at('09:30')`, `at('09:30:15')`. */
export function at(time: string): number {
  return Date.parse(`2026-01-15T${time}Z`)
}
