import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Headers } from '@streamwright/formats'
import type {
  KeyValueStore,
  ValueTransformer,
  ValueTransformerContext,
  ValueTransformerSupplier,
} from '@streamwright/streams'
import { Stores, StreamsBuilder, serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

const strings = { key: serdes.string, value: serdes.string }
const counts = { key: serdes.string, value: serdes.long }

/** Tells what its context knows of the row, and when it was opened and closed. */
class Witness implements ValueTransformer<string, string, string> {
  readonly #events: string[]
  #context: ValueTransformerContext | undefined

  constructor(events: string[]) {
    this.#events = events
  }

  init(context: ValueTransformerContext): void {
    this.#context = context
    this.#events.push('init')
  }

  transform(value: string | null, key: string): string {
    const { recordMetadata, timestamp, headers } = this.#context ?? assert.fail('init comes first')
    const origin = recordMetadata === undefined ? '-' : `${recordMetadata.topic}@${recordMetadata.offset}`
    return `${key}=${value ?? 'null'} ${origin} ${timestamp} ${headers.text('h') ?? '-'}`
  }

  close(): void {
    this.#events.push('close')
  }
}

describe('transformValues of a table', () => {
  test('knows where a change came from; what a join makes anew knows the time of the row alone', () => {
    const events: string[] = []
    const builder = new StreamsBuilder(strings)
    const told = builder.table('rows').transformValues(() => new Witness(events))
    told.toStream().to('changes')
    builder
      .stream('in')
      .join(told, (value, row) => `${value}: ${row}`)
      .peek((_key, value) => events.push(value))
      .to('joined')
    const driver = new TopologyTestDriver(builder.build())
    const rows = driver.createInputTopic('rows', strings)
    const records = driver.createInputTopic('in', strings)
    rows.pipe({ key: 'a', value: '1', timestamp: 10, headers: new Headers().add('h', 'x') })
    rows.pipe({ key: 'a', value: null, timestamp: 20 })
    rows.pipe({ key: 'b', value: '2', timestamp: 5 })
    records.pipe({ key: 'b', value: 'in', timestamp: 30 })
    records.pipe({ key: 'c', value: 'in', timestamp: 31 })
    assert.deepEqual(driver.createOutputTopic('changes', strings).readKeyValues(), [
      ['a', 'a=1 rows@0 10 x'],
      ['a', 'a=null rows@1 20 -'],
      ['b', 'b=2 rows@2 5 -'],
    ])
    const joined = driver.createOutputTopic('joined', strings).readAll()
    assert.deepEqual(
      joined.map(({ value, timestamp }) => [value, timestamp]),
      [
        ['in: b=2 - 5 -', 30],
        ['in: c=null - -1 -', 31],
      ],
      'the record goes on with its own time',
    )
    driver.close()
    assert.equal(events.filter((event) => event === 'init').length, 2, 'one for the table, one for the join')
    assert.equal(events.filter((event) => event === 'close').length, 2)
  })

  test('uses the stores it names, and keeps its own result apart', () => {
    const builder = new StreamsBuilder(strings)
    builder.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('seen'), counts))
    const supplier: ValueTransformerSupplier<string, string, string> = () => {
      let seen: KeyValueStore<string, number> | undefined
      return {
        init(context) {
          seen = context.getStateStore('seen')
        },
        transform(value, key) {
          const count = (seen?.get(key) ?? 0) + 1
          seen?.put(key, count)
          return value === null ? null : `${value}#${count}`
        },
      }
    }
    const table = builder.table('rows').transformValues(supplier, { stores: ['seen'], store: 'numbered', ...strings })
    assert.equal(table.queryableStoreName(), 'numbered')
    table.toStream().to('out')
    const driver = new TopologyTestDriver(builder.build())
    const rows = driver.createInputTopic('rows', strings)
    rows.pipeKeyValue('a', 'x')
    rows.pipeKeyValue('b', 'x')
    rows.pipeKeyValue('a', 'y')
    rows.pipeKeyValue('b', null)
    assert.deepEqual(driver.createOutputTopic('out', strings).readKeyValues(), [
      ['a', 'x#1'],
      ['b', 'x#1'],
      ['a', 'y#2'],
      ['b', null],
    ])
    const kept = driver.getTimestampedKeyValueStore<string, string>('numbered')
    assert.equal(kept.get('a')?.value, 'y#2')
    assert.equal(kept.get('b'), null)
    driver.close()
  })

  test('cannot forward', () => {
    const builder = new StreamsBuilder(strings)
    let hasForward = true
    builder.table('rows').transformValues(() => ({
      init(context) {
        hasForward = 'forward' in context
      },
      transform: (value) => value,
    }))
    new TopologyTestDriver(builder.build()).close()
    assert.equal(hasForward, false)
  })
})

interface Step {
  readonly topic: 'rows' | 'others'
  readonly key: string
  readonly value: string | null
  readonly timestamp: number
}

const keys = ['a', 'b', 'c']
const steps = fc.array(
  fc.record<Step>({
    topic: fc.constantFrom('rows' as const, 'others' as const),
    key: fc.constantFrom(...keys),
    value: fc.option(fc.constantFrom('1', '2', '3'), { nil: null }),
    timestamp: fc.nat(20),
  }),
  { maxLength: 30 },
)

/** Leaves out the rows with 2, makes something of those that are not there. */
function transformed(value: string | null): string | null {
  return value === '2' ? null : `<${value ?? 'none'}>`
}

function latest(input: readonly Step[], topic: Step['topic']): Map<string, string> {
  const table = new Map<string, string>()
  for (const step of input) {
    if (step.topic !== topic) continue
    if (step.value === null) table.delete(step.key)
    else table.set(step.key, step.value)
  }
  return table
}

/** Rows of `others` joined with the transformed rows, kept or not. */
function joinedRows(input: readonly Step[], isKept: boolean): Map<string, string> {
  const rows = latest(input, 'rows')
  const seen = new Set(input.filter(({ topic }) => topic === 'rows').map(({ key }) => key))
  const result = new Map<string, string>()
  for (const [key, other] of latest(input, 'others')) {
    // A store knows only of keys that changes came for; a row made anew is made of any.
    const row = isKept && !seen.has(key) ? null : transformed(rows.get(key) ?? null)
    if (row !== null) result.set(key, `${other}${row}`)
  }
  return result
}

describe('transformed rows below a join and a group, against the rows recomputed from all input', () => {
  for (const cacheMaxBytes of [0, 200, 1_000_000]) {
    for (const store of [undefined, 'kept']) {
      test(`${cacheMaxBytes} bytes of cache, ${store ?? 'not'} kept`, () => {
        fc.assert(
          fc.property(steps, (input) => {
            const builder = new StreamsBuilder(strings)
            const uncached = { caching: false, ...strings }
            // Only the result has a cache: a join of tables sees the new row of a cached table before its change comes.
            const table = builder
              .table('rows', uncached)
              .transformValues(() => ({ transform: transformed }), store === undefined ? {} : { store, ...uncached })
            const joined = builder
              .table('others', uncached)
              .join(table, (other, row) => `${other}${row}`, { store: 'joined', value: serdes.string })
            joined.toStream().to('out')
            joined
              .groupBy((_key, value) => [value, value], strings)
              .count()
              .toStream()
              .to('counts', { value: serdes.long })
            const driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes })
            const topics = {
              rows: driver.createInputTopic('rows', strings),
              others: driver.createInputTopic('others', strings),
            }
            for (const { topic, key, value, timestamp } of input) topics[topic].pipe({ key, value, timestamp })
            const expected = joinedRows(input, store !== undefined)
            const seen = driver.createOutputTopic('out', strings).readAsMap()
            assert.deepEqual(new Map([...seen].filter(([, value]) => value !== null)), expected)
            const groups = new Map<string, number>()
            for (const value of expected.values()) groups.set(value, (groups.get(value) ?? 0) + 1)
            const counted = driver.createOutputTopic('counts', counts).readAsMap()
            assert.deepEqual(new Map([...counted].filter(([, count]) => count !== null && count > 0)), groups)
            driver.close()
          }),
          { seed: 11, numRuns: 25 },
        )
      })
    }
  }
})
