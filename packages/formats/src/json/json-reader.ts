import { utf8Slice } from '@streamwright/std'
import {
  ascii,
  cursor,
  matches,
  readBigint,
  readBoolean,
  readFinite,
  readInteger,
  readNull,
  readString,
  skipSpace,
  skipValue,
} from './json-bytes.ts'
import { objectReader } from './object-reader.ts'
import type { LiteralValue, ShapeNode } from './shape.ts'

/**
 * Reads the value of a shape that begins at `start`, and leaves its end in `cursor`. Undefined, which is no JSON, means
 * that `JSON.parse` has to look at the document: it is not as declared, or so unusual that nothing is gained here.
 * Bytes behind `end` may be looked at, but not a value that ends there is accepted by the caller.
 */
export type Reader = (bytes: Buffer, start: number, end: number) => unknown

/** The reader of a shape. */
export function readerOf(shape: ShapeNode): Reader {
  switch (shape.kind) {
    case 'string':
      return readString
    case 'number':
      return readFinite
    case 'integer':
      return readInteger
    case 'boolean':
      return readBoolean
    case 'bigint':
      return readBigint
    case 'unknown':
      return readUnknown
    case 'literal':
      return literalReader(shape.values)
    case 'nullable':
      return nullableReader(readerOf(shape.of))
    case 'array':
      return arrayReader(readerOf(shape.of))
    case 'record':
      return recordReader(readerOf(shape.of))
    case 'object':
      return objectReader(
        shape.fields,
        shape.fields.map((field) => readerOf(field.shape)),
      )
  }
}

function readUnknown(bytes: Buffer, start: number, end: number): unknown {
  const close = skipValue(bytes, start, end)
  if (close < 0) return undefined
  cursor.at = close
  return JSON.parse(utf8Slice(bytes, start, close))
}

function literalReader(values: readonly LiteralValue[]): Reader {
  const literals = values.map((value) => ({ value, text: Buffer.from(JSON.stringify(value)) }))
  return (bytes, start, end) => {
    for (const { value, text } of literals) {
      // More digits may follow a number.
      if (typeof value !== 'number' && matches(bytes, start, text)) {
        cursor.at = start + text.length
        return value
      }
    }
    const read = bytes[start] === ascii.quote ? readString(bytes, start, end) : readFinite(bytes, start)
    return values.find((value) => value === read)
  }
}

function nullableReader(of: Reader): Reader {
  return (bytes, start, end) => {
    if (bytes[start] !== ascii.n) return of(bytes, start, end)
    return readNull(bytes, start) ? null : undefined
  }
}

function arrayReader(of: Reader): Reader {
  return (bytes, start, end) => {
    if (bytes[start] !== ascii.openBracket) return undefined
    const values: unknown[] = []
    let at = skipSpace(bytes, start + 1, end)
    if (bytes[at] === ascii.closeBracket) {
      cursor.at = at + 1
      return values
    }
    for (;;) {
      const value = of(bytes, at, end)
      if (value === undefined) return undefined
      values.push(value)
      at = skipSpace(bytes, cursor.at, end)
      if (bytes[at] === ascii.closeBracket) break
      if (bytes[at] !== ascii.comma) return undefined
      at = skipSpace(bytes, at + 1, end)
    }
    cursor.at = at + 1
    return values
  }
}

function recordReader(of: Reader): Reader {
  return (bytes, start, end) => {
    if (bytes[start] !== ascii.openBrace) return undefined
    const record: Record<string, unknown> = {}
    let at = skipSpace(bytes, start + 1, end)
    if (bytes[at] === ascii.closeBrace) {
      cursor.at = at + 1
      return record
    }
    for (;;) {
      const name = readString(bytes, at, end)
      // An assignment to __proto__ would not make a property.
      if (name === undefined || name === '__proto__') return undefined
      at = skipSpace(bytes, cursor.at, end)
      if (bytes[at] !== ascii.colon) return undefined
      const value = of(bytes, skipSpace(bytes, at + 1, end), end)
      if (value === undefined) return undefined
      record[name] = value
      at = skipSpace(bytes, cursor.at, end)
      if (bytes[at] === ascii.closeBrace) break
      if (bytes[at] !== ascii.comma) return undefined
      at = skipSpace(bytes, at + 1, end)
    }
    cursor.at = at + 1
    return record
  }
}
