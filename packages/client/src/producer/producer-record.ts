import type { Header } from '@streamwright/protocol'
import { ConfigurationError } from '@streamwright/std'

/** A record to be written. Text is written as UTF-8. */
export interface ProducerRecord {
  readonly topic: string
  /** Default: chosen by the key, or evenly if there is none. */
  readonly partition?: number | undefined
  /** Milliseconds since 1970. Default: now. */
  readonly timestamp?: number | undefined
  readonly key?: Uint8Array | string | null | undefined
  /** Null is a tombstone: in a compacted topic it deletes the key. */
  readonly value: Uint8Array | string | null
  /** A list, since a key may come twice; or an object. */
  readonly headers?: readonly Header[] | Readonly<Record<string, Uint8Array | string | null>> | undefined
}

/** Where a record was written. */
export interface RecordMetadata {
  readonly topic: string
  readonly partition: number
  /** −1 with `acks=0`, which brings no answer. */
  readonly offset: number
  /** The record's own, or the broker's if the topic takes that. Milliseconds since 1970. */
  readonly timestamp: number
}

/** Whether several records are given. */
export function isMany(input: ProducerRecord | readonly ProducerRecord[]): input is readonly ProducerRecord[] {
  return Array.isArray(input)
}

/** The record, as it is. Throws `ConfigurationError` for what only a program without types can say. */
export function checkRecord(record: ProducerRecord): ProducerRecord {
  const { topic, key, value, timestamp } = record
  if (typeof topic !== 'string') throw new ConfigurationError('A record needs a topic: the name of one, as a text')
  if (key !== undefined && !isBytes(key)) throw notBytes('key', topic, key)
  if (!isBytes(value)) throw notBytes('value', topic, value)
  if (timestamp !== undefined && !(Number.isSafeInteger(timestamp) && timestamp >= 0))
    throw new ConfigurationError(`The timestamp of a record for ${topic} is ${timestamp}: it must be an integer from 0`)
  return record
}

function isBytes(field: unknown): boolean {
  return field === null || typeof field === 'string' || field instanceof Uint8Array
}

function notBytes(field: 'key' | 'value', topic: string, given: unknown): ConfigurationError {
  const kind = given === undefined ? 'missing' : `of type ${typeof given}`
  return new ConfigurationError(
    `The ${field} of a record for ${topic} is ${kind}: it must be a text, bytes or null. JSON.stringify or a serde makes ` +
      'one of anything else',
  )
}

/** Headers in the one form that records are written with. */
export function headersOf(headers: ProducerRecord['headers']): readonly Header[] | undefined {
  if (headers === undefined || isList(headers)) return headers
  return Object.entries(headers).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? Buffer.from(value) : value,
  }))
}

function isList(headers: NonNullable<ProducerRecord['headers']>): headers is readonly Header[] {
  return Array.isArray(headers)
}
