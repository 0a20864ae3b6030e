import { utf8Slice } from '@streamwright/std'
import type { Serde } from './serde.ts'
import { SerdeError } from './serde-error.ts'

/** Compact JSON text in UTF-8: what `JSON.stringify` writes. Values are mutable objects unless declared otherwise. */
export function jsonSerde<T = unknown>(): Serde<T> {
  return {
    name: 'json',
    serialize(value) {
      const text = JSON.stringify(value)
      if (text === undefined) throw new SerdeError(`${typeof value} has no JSON form`)
      return text
    },
    deserialize: (bytes) => parse<T>(utf8Slice(bytes, 0, bytes.length)),
    deserializeSlice: (buffer, start, end) => parse<T>(utf8Slice(buffer, start, end)),
  }
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SerdeError(`Not JSON: ${JSON.stringify(text.slice(0, 80))}`, cause)
  }
}
