import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { deletedLength } from '../../../src/state/rows/row-arena.ts'
import { sortedRows } from '../../../src/state/rows/row-order.ts'
import { RowRun } from '../../../src/state/rows/row-run.ts'
import { RowTable, noRow } from '../../../src/state/rows/row-table.ts'

/** Few letters, so that keys meet, begin alike, and end within each other; zeros among them. */
const keys = fc.oneof(
  fc.array(fc.constantFrom('\0', 'a', 'b', 'ÿ'), { maxLength: 5 }).map((letters) => letters.join('')),
  fc
    .tuple(fc.constantFrom('', 'key-', 'a common beginning of more than thirty-two bytes '), fc.nat(400))
    .map(([start, number]) => `${start}${number}`),
)

const steps = fc.array(fc.tuple(keys, fc.oneof(fc.constant(null), fc.nat(200))), { maxLength: 600 })

function put(table: RowTable, key: string, length: number): void {
  const row = table.put(key, length)
  table.rows.memory(row).fill(length & 0xff, table.rows.valueStart(row), table.rows.valueStart(row) + length)
}

function valueOf(table: RowTable, key: string): Buffer | null | undefined {
  const row = table.find(key)
  return row === noRow ? undefined : table.rows.value(row)
}

describe('rows outside the heap', () => {
  test('a table agrees with a map, whatever is put, replaced and deleted, by text or by bytes', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const table = new RowTable()
        const model = new Map<string, number>()
        for (const [key, length] of list) {
          const bytes = Buffer.from(`_${key}_`, 'latin1')
          const isThere = model.has(key)
          assert.equal(table.findBytes(bytes, 1, bytes.length - 1) !== noRow, isThere)
          if (length === null) {
            assert.equal(table.deleteBytes(bytes, 1, bytes.length - 1), isThere)
            model.delete(key)
          } else {
            put(table, key, length)
            model.set(key, length)
          }
        }
        assert.equal(table.size, model.size)
        for (const [key, length] of model) assert.deepEqual(valueOf(table, key), Buffer.alloc(length, length))
        const found = Array.from(table.all(), (row) => table.rows.text(row))
        assert.deepEqual(found.toSorted(), [...model.keys()].toSorted())
      }),
      { seed: 42, numRuns: 200 },
    )
  })

  test('what is freed is used again: a table that changes for ever does not grow', () => {
    const table = new RowTable()
    for (let index = 0; index < 200_000; index++) put(table, `key ${index % 100}`, 20 + ((index * 7) % 300))
    assert.equal(table.size, 100)
    assert.ok(table.bytes < 300_000, `${table.bytes} bytes`)
    for (let index = 0; index < 100; index++) table.delete(`key ${index}`)
    assert.equal(table.all().length, 0)
  })

  test('rows larger than a piece of memory, and of no bytes at all', () => {
    const table = new RowTable()
    put(table, 'large', 3_000_000)
    put(table, '', 0)
    put(table, 'small', 1)
    assert.equal(valueOf(table, 'large')?.length, 3_000_000)
    assert.equal(valueOf(table, '')?.length, 0)
    table.put('small', deletedLength)
    assert.equal(valueOf(table, 'small'), null)
    put(table, 'small', 2_000_000)
    table.delete('large')
    put(table, 'next', 1)
    assert.equal(valueOf(table, 'small')?.length, 2_000_000)
    assert.ok(table.bytes < 3_100_000, `${table.bytes} bytes`)
  })

  test('rows are sorted by the bytes of their keys, whatever these are', () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 600 }), (list) => {
        const table = new RowTable()
        for (const key of list) put(table, key, 1)
        const sorted = Array.from(sortedRows(table), (row) => table.rows.text(row))
        assert.deepEqual(sorted, [...new Set(list)].toSorted())
      }),
      { seed: 42, numRuns: 300 },
    )
  })

  test('of a run, the last row of each key is left, in the order of the keys', () => {
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 600 }), (list) => {
        const run = new RowRun()
        const model = new Map<string, number>()
        for (const [index, key] of list.entries()) {
          const bytes = Buffer.from(key, 'latin1')
          const row = run.append(bytes, 0, bytes.length, 4)
          run.rows.memory(row).writeInt32BE(index, run.rows.valueStart(row))
          model.set(key, index)
        }
        const rows = sortedRows(run)
        const last = Array.from(rows, (row) => [run.rows.text(row), run.rows.value(row)?.readInt32BE()])
        assert.deepEqual(
          last,
          [...model].toSorted(([left], [right]) => (left < right ? -1 : 1)),
        )
      }),
      { seed: 42, numRuns: 300 },
    )
  })

  test('many keys that share all but their ends, and one key a thousand times', () => {
    const run = new RowRun()
    const expected: string[] = []
    for (let index = 0; index < 20_000; index++) {
      const key =
        index % 20 === 0 ? 'again and again, the same key of many bytes' : `a\0\0\0${'\0'.repeat(index % 50)}${index}`
      const bytes = Buffer.from(key, 'latin1')
      run.append(bytes, 0, bytes.length, 0)
      expected.push(key)
    }
    const sorted = Array.from(sortedRows(run), (row) => run.rows.text(row))
    assert.deepEqual(sorted, [...new Set(expected)].toSorted())
  })
})
