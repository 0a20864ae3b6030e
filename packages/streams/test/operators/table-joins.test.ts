import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { StreamsBuilder, serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

interface Step {
  readonly side: 'left' | 'right'
  readonly key: string
  readonly value: string | null
  readonly timestamp: number
}

const steps = fc.array(
  fc.record<Step>({
    side: fc.constantFrom('left' as const, 'right' as const),
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.option(fc.constantFrom('1', '2', '3'), { nil: null }),
    timestamp: fc.nat(20),
  }),
  { maxLength: 30 },
)

const strings = { key: serdes.string, value: serdes.string }

/** What the tables hold in the end: the last value of each key, whatever its time. */
function rows(input: readonly Step[], side: Step['side']): Map<string, string> {
  const table = new Map<string, string>()
  for (const step of input) {
    if (step.side !== side) continue
    if (step.value === null) table.delete(step.key)
    else table.set(step.key, step.value)
  }
  return table
}

function joinedRows(kind: 'join' | 'leftJoin' | 'outerJoin', input: readonly Step[]): Map<string, string> {
  const left = rows(input, 'left')
  const right = rows(input, 'right')
  const result = new Map<string, string>()
  for (const key of ['a', 'b', 'c']) {
    const own = left.get(key)
    const other = right.get(key)
    const isThere =
      kind === 'join' ? own !== undefined && other !== undefined : own !== undefined || kind === 'outerJoin'
    if (isThere && (own !== undefined || other !== undefined)) result.set(key, `${own ?? '-'}${other ?? '-'}`)
  }
  return result
}

describe('joins of tables against the rows recomputed from all input', () => {
  for (const kind of ['join', 'leftJoin', 'outerJoin'] as const) {
    for (const cacheMaxBytes of [0, 200, 1_000_000]) {
      for (const store of [undefined, 'kept']) {
        test(`${kind}, ${cacheMaxBytes} bytes of cache, ${store ?? 'not'} kept`, () => {
          fc.assert(
            fc.property(steps, (input) => {
              const builder = new StreamsBuilder(strings)
              const left = builder.table<string, string>('left')
              const right = builder.table<string, string>('right')
              const joiner = (own: string | null, other: string | null): string => `${own ?? '-'}${other ?? '-'}`
              const options = store === undefined ? {} : { store, value: serdes.string }
              const joined =
                kind === 'join'
                  ? left.join(right, joiner, options)
                  : kind === 'leftJoin'
                    ? left.leftJoin(right, joiner, options)
                    : left.outerJoin(right, joiner, options)
              joined.toStream().to('out', strings)
              // Old values are right, too: a group loses exactly what it had.
              joined
                .groupBy((_key, value) => [value, value], strings)
                .count()
                .toStream()
                .to('counts', { key: serdes.string, value: serdes.long })
              const driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes })
              const topics = {
                left: driver.createInputTopic('left', strings),
                right: driver.createInputTopic('right', strings),
              }
              for (const { side, key, value, timestamp } of input) topics[side].pipe({ key, value, timestamp })
              const expected = joinedRows(kind, input)
              const seen = driver.createOutputTopic('out', strings).readAsMap()
              const present = new Map([...seen].filter(([, value]) => value !== null))
              assert.deepEqual(present, expected)
              const counts = driver.createOutputTopic('counts', { key: serdes.string, value: serdes.long }).readAsMap()
              const groups = new Map<string, number>()
              for (const value of expected.values()) groups.set(value, (groups.get(value) ?? 0) + 1)
              const nonZero = new Map([...counts].filter(([, count]) => count !== null && count > 0))
              assert.deepEqual(nonZero, groups)
              driver.close()
            }),
            { seed: 7, numRuns: 20 },
          )
        })
      }
    }
  }
})

describe('a stream joined with a table', () => {
  test('sees the row as it is when the record comes; nothing happens when the row changes', () => {
    const builder = new StreamsBuilder(strings)
    const table = builder.table<string, string>('rows')
    const stream = builder.stream<string, string>('in')
    stream.join(table, (value, row, key) => `${key}:${value}${row}`).to('inner')
    stream.leftJoin(table, (value, row) => `${value}${row ?? '-'}`).to('left')
    const driver = new TopologyTestDriver(builder.build())
    const records = driver.createInputTopic('in', strings)
    const rowsTopic = driver.createInputTopic('rows', strings)
    records.pipeKeyValue('a', '1')
    rowsTopic.pipeKeyValue('a', 'x')
    records.pipeKeyValue('a', '2')
    rowsTopic.pipeKeyValue('a', null)
    records.pipeKeyValue('a', '3')
    records.pipeKeyValue(null, '4')
    records.pipeKeyValue('a', null)
    assert.deepEqual(driver.createOutputTopic('inner', strings).readKeyValues(), [['a', 'a:2x']])
    assert.deepEqual(driver.createOutputTopic('left', strings).readKeyValues(), [
      ['a', '1-'],
      ['a', '2x'],
      ['a', '3-'],
      [null, '4-'],
    ])
    assert.equal(driver.droppedRecords, 3, 'no key (inner), and no value (both)')
    driver.close()
  })
})
