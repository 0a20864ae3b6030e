import { unrolledNameBytesMax } from '../limits.ts'
import { generate } from '../code-generation.ts'
import { output, reserve, writeBytes, writeInteger, writeNumber, writeString, writeText } from './json-output.ts'
import { fieldOf, isObject } from './shape-check.ts'
import type { LiteralValue, ShapeField, ShapeNode } from './shape.ts'

/** Writes a value of a shape to `output`. False, after any bytes, for a value that is not as declared. */
export type Writer = (value: unknown) => boolean

/** The writer of a shape. */
export function writerOf(shape: ShapeNode): Writer {
  switch (shape.kind) {
    case 'string':
      return writeString
    case 'number':
      return writeNumber
    case 'integer':
      return writeInteger
    case 'boolean':
      return writeBoolean
    case 'bigint':
      return writeBigint
    case 'unknown':
      return writeUnknown
    case 'literal':
      return literalWriter(shape.values)
    case 'nullable':
      return nullableWriter(writerOf(shape.of))
    case 'array':
      return arrayWriter(writerOf(shape.of))
    case 'record':
      return recordWriter(writerOf(shape.of))
    case 'object': {
      const writers = shape.fields.map((field) => writerOf(field.shape))
      return generatedObjectWriter(shape.fields, writers) ?? objectWriter(shape.fields, writers)
    }
  }
}

const trueText = Buffer.from('true')
const falseText = Buffer.from('false')
const nullText = Buffer.from('null')
const comma = 0x2c

function writeBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') return false
  writeBytes(value ? trueText : falseText)
  return true
}

function writeBigint(value: unknown): boolean {
  return typeof value === 'bigint' && writeText(String(value))
}

function writeUnknown(value: unknown): boolean {
  const text: string | undefined = JSON.stringify(value)
  return text !== undefined && writeText(text)
}

function literalWriter(values: readonly LiteralValue[]): Writer {
  const texts = new Map<unknown, Buffer>(values.map((value) => [value, Buffer.from(JSON.stringify(value))]))
  return (value) => {
    const text = texts.get(value)
    if (text === undefined) return false
    writeBytes(text)
    return true
  }
}

function nullableWriter(of: Writer): Writer {
  return (value) => {
    if (value !== null) return of(value)
    writeBytes(nullText)
    return true
  }
}

function writeByte(byte: number): void {
  reserve(1)
  output.bytes[output.at++] = byte
}

function arrayWriter(of: Writer): Writer {
  return (value) => {
    if (!Array.isArray(value)) return false
    const values: readonly unknown[] = value
    writeByte(0x5b)
    for (let index = 0; index < values.length; index++) {
      if (index > 0) writeByte(comma)
      if (!of(values[index])) return false
    }
    writeByte(0x5d)
    return true
  }
}

function recordWriter(of: Writer): Writer {
  return (value) => {
    if (!isObject(value)) return false
    const record = value as Readonly<Record<string, unknown>>
    writeByte(0x7b)
    let first = true
    for (const name of Object.keys(record)) {
      if (!first) writeByte(comma)
      first = false
      writeString(name)
      writeByte(0x3a)
      if (!of(record[name])) return false
    }
    writeByte(0x7d)
    return true
  }
}

function objectWriter(fields: readonly ShapeField[], writers: readonly Writer[]): Writer {
  const names = fields.map(({ name }) => Buffer.from(`${JSON.stringify(name)}:`))
  return (value) => {
    if (!isObject(value)) return false
    let separator = 0x7b
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as ShapeField
      const member = fieldOf(value, field.name)
      if (member === undefined && field.optional) continue
      writeByte(separator)
      writeBytes(names[index] as Buffer)
      if (!(writers[index] as Writer)(member)) return false
      separator = comma
    }
    if (separator !== comma) writeByte(separator)
    writeByte(0x7d)
    return true
  }
}

/** The same as `objectWriter` in generated code. Undefined where code generation is refused. */
function generatedObjectWriter(fields: readonly ShapeField[], writers: readonly Writer[]): Writer | undefined {
  const bound: Record<string, unknown> = { output, reserve, writeBytes, fieldOf }
  const nameBytes = fields.reduce((sum, { name }) => sum + Buffer.byteLength(JSON.stringify(name)), 0)
  // Where all fields before may be missing, only the run tells what stands before a name.
  let hasRequired = false
  const steps = fields.map(({ name, optional }, index) => {
    const text = Buffer.from(`${JSON.stringify(name)}:`)
    bound[`write${index}`] = writers[index]
    bound[`name${index}`] = text
    const first = index === 0 ? '123' : 'separator'
    const separator = hasRequired ? String(comma) : first
    const head =
      nameBytes <= unrolledNameBytesMax
        ? nameCode(separator, text)
        : `reserve(1); output.bytes[output.at++] = ${separator}; writeBytes(name${index})`
    const write = `${head}; separator = ${comma}; if (!write${index}(member)) return false`
    hasRequired ||= !optional
    const quoted = JSON.stringify(name)
    const read = name in Object.prototype ? `fieldOf(value, ${quoted})` : `value[${quoted}]`
    return `member = ${read}; ${optional ? `if (member !== undefined) { ${write} }` : write}`
  })
  return generate(
    bound,
    `function writeObject(value) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
      let member, view, at = 0, separator = 123
      ${steps.join('\n')}
      reserve(2)
      if (separator !== ${comma}) output.bytes[output.at++] = separator
      output.bytes[output.at++] = 125
      return true
    }`,
  )
}

/** Writes a separator and a name, four bytes at once, the last four overlapping others. */
function nameCode(separator: string, name: Buffer): string {
  const length = name.length + 1
  return `reserve(${length}); view = output.view; at = output.at; view.setUint8(at, ${separator})
    ${(name.length < wordBytes ? byteWrites(name) : wordWrites(name)).join('; ')}
    output.at = at + ${length}`
}

function byteWrites(name: Buffer): string[] {
  return [...name].map((byte, index) => `view.setUint8(at + ${index + 1}, ${byte})`)
}

function wordWrites(name: Buffer): string[] {
  return Array.from({ length: Math.ceil(name.length / wordBytes) }, (_none, index) => {
    const offset = Math.min(index * wordBytes, name.length - wordBytes)
    return `view.setInt32(at + ${offset + 1}, ${name.readInt32LE(offset)}, true)`
  })
}

const wordBytes = 4
