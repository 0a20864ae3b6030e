import { Headers } from '@streamwright/formats'
import type { ValueTimestampHeaders } from '../store.ts'
import type { Stored } from '../value-form.ts'

/** What a store with headers takes: a copy, since headers can be changed in place. Operators of the DSL give none. */
export function storedWithHeaders<V>(value: ValueTimestampHeaders<V>): Stored<V> {
  const headers: Headers | undefined = value.headers
  return {
    value: value.value,
    timestamp: value.timestamp,
    headers: headers === undefined || headers.size === 0 ? undefined : headers.copy(),
  }
}

export function shownWithHeaders<V>({ value, timestamp, headers }: Stored<V>): ValueTimestampHeaders<V> {
  return { value, timestamp, headers: headers?.copy() ?? new Headers() }
}
