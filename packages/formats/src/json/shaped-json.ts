import type { Serde } from '../serde.ts'
import { asError } from '@streamwright/std'
import { SerdeError } from '../serde-error.ts'
import { cursor, lookAt, skipSpace } from './json-bytes.ts'
import { beginDocument, dropDocument, endDocument } from './json-output.ts'
import { readerOf } from './json-reader.ts'
import { writerOf } from './json-writer.ts'
import { shapeFallback } from './shape-fallback.ts'
import type { ShapeLike, ShapeType } from './shape.ts'
import { nodeOf } from './shape.ts'

/**
 * JSON of a declared shape. Reading and writing are generated for the shape, on the bytes of the batch. What they refuse
 * goes through `JSON.parse` or `JSON.stringify` and a check of the shape: to the same result, or to an error that tells
 * what was expected where.
 */
export function shapedJsonSerde<const S extends ShapeLike>(declared: S): Serde<ShapeType<S>> {
  const shape = nodeOf(declared)
  const read = readerOf(shape)
  const write = writerOf(shape)
  const fallback = shapeFallback(shape)

  function deserializeSlice(bytes: Buffer, start: number, end: number): ShapeType<S> {
    lookAt(bytes)
    const value = read(bytes, (bytes[start] as number) <= 0x20 ? skipSpace(bytes, start, end) : start, end)
    // Bytes behind the end may have been read as part of the value; it counts only when it ends where it should.
    if (value !== undefined && (cursor.at === end || skipSpace(bytes, cursor.at, end) === end)) {
      return value as ShapeType<S>
    }
    return fallback.parse(bytes, start, end) as ShapeType<S>
  }

  return {
    name: 'json',
    serialize(value) {
      if (!beginDocument()) return fallback.stringify(value)
      try {
        if (write(value)) return endDocument()
      } catch (cause) {
        dropDocument()
        throw new SerdeError(`A value has no JSON form: ${asError(cause).message}`, cause)
      }
      dropDocument()
      return fallback.stringify(value)
    },
    deserialize: (bytes) => deserializeSlice(bytes, 0, bytes.length),
    deserializeSlice,
  }
}
