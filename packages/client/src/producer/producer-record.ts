import type { Header } from '@streamwright/protocol'

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
