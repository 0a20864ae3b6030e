import assert from 'node:assert/strict'
import { Reader, Writer } from '@streamwright/protocol'
import { fromHex } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { listAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

/** The three forms, under their names in the vectors. Numbers are compared as text. */
const forms: readonly {
  readonly name: string
  readonly read: (reader: Reader) => number | bigint
  readonly write: (writer: Writer, value: string) => void
}[] = [
  {
    name: 'unsignedVarint',
    read: (reader) => reader.uvarint(),
    write: (writer, value) => writer.uvarint(Number(value)),
  },
  { name: 'varint', read: (reader) => reader.varint(), write: (writer, value) => writer.varint(Number(value)) },
  { name: 'varlong', read: (reader) => reader.varlong(), write: (writer, value) => writer.varlong(BigInt(value)) },
]

/** `varint.json`. */
export function runVarints({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'vectors')) {
    const value = textAt(vector, 'value')
    runCase(report, `${file.label} ${value}`, () => checkBothWays(vector, value))
  }
  for (const vector of listAt(content, 'odd')) {
    const hex = textAt(vector, 'hex')
    runCase(report, `${file.label} odd ${hex === '' ? 'no bytes' : hex}`, () => checkOdd(vector, hex))
  }
}

function checkBothWays(vector: JsonObject, value: string): void {
  for (const { name, read, write } of forms) {
    if (!(name in vector)) continue
    const hex = textAt(vector, name)
    const writer = new Writer()
    write(writer, value)
    assert.equal(writer.toBuffer().toString('hex'), hex, `${name}, written`)
    assert.equal(String(read(new Reader(fromHex(hex)))), value, `${name}, read`)
  }
}

function checkOdd(vector: JsonObject, hex: string): void {
  for (const { name, read } of forms) {
    const expected = objectAt(vector[name], name)
    const reader = new Reader(fromHex(hex))
    if ('error' in expected) assert.throws(() => read(reader), { name: 'ProtocolError' }, name)
    else assert.equal(String(read(reader)), String(expected['value']), name)
  }
}
