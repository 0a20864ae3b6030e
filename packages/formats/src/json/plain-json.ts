import { utf8Slice } from '@streamwright/std'
import type { Serde } from '../serde.ts'
import { SerdeError } from '../serde-error.ts'

/** Compact JSON text in UTF-8: what `JSON.stringify` writes. Values are mutable objects unless declared otherwise. */
export function plainJsonSerde<T = unknown>(): Serde<T> {
  return {
    name: 'json',
    serialize: stringifyJson,
    deserialize: (bytes) => parseJson(utf8Slice(bytes, 0, bytes.length)) as T,
    deserializeSlice: (buffer, start, end) => parseJson(utf8Slice(buffer, start, end)) as T,
  }
}

/** A value as `JSON.stringify` writes it; one that it leaves out is an error. */
export function stringifyJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new SerdeError(`${typeof value} has no JSON form`)
  return text
}

export function parseJson(text: string, reviver?: (this: unknown, name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver)
  } catch (cause) {
    throw new SerdeError(`Not JSON: ${JSON.stringify(text.slice(0, 80))}`, cause)
  }
}
