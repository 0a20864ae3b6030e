import { Headers } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'

/**
 * A record on its way through a topology. Treat it as immutable: `with…` returns a changed copy, with its own copy of
 * the headers. Java: `org.apache.kafka.streams.processor.api.Record`.
 */
export class Record<K, V> {
  readonly key: K
  readonly value: V
  /** Milliseconds since 1970. Never negative. */
  readonly timestamp: number
  // Most records have no headers: the collection is only made when somebody looks.
  #headers: Headers | undefined

  constructor(key: K, value: V, timestamp: number, headers?: Headers) {
    if (timestamp < 0) {
      throw new StreamsError(
        `Malformed record: timestamp ${timestamp} is negative. Forward a timestamp of at least 0`,
        {
          code: 'NEGATIVE_TIMESTAMP',
        },
      )
    }
    this.key = key
    this.value = value
    this.timestamp = timestamp
    this.#headers = headers
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers())
  }

  /** The headers if there are any, without making an empty collection. */
  get headersIfPresent(): Headers | undefined {
    return this.#headers
  }

  withKey<K2>(key: K2): Record<K2, V> {
    return new Record(key, this.value, this.timestamp, this.#headers?.copy())
  }
  withValue<V2>(value: V2): Record<K, V2> {
    return new Record(this.key, value, this.timestamp, this.#headers?.copy())
  }
  withTimestamp(timestamp: number): Record<K, V> {
    return new Record(this.key, this.value, timestamp, this.#headers?.copy())
  }
  withHeaders(headers: Headers): Record<K, V> {
    return new Record(this.key, this.value, this.timestamp, headers.copy())
  }
}
