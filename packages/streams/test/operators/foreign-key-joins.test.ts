import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { StreamsBuilder, serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

type Step = readonly ['order' | 'person', string, string | null]

const strings = { key: serdes.string, value: serdes.string }
/** An order names its person by the first letter; `?` stands for nobody. */
const personOf = (order: string): string | null => (order.startsWith('?') ? null : order.slice(0, 1))
const steps = fc.array(
  fc.oneof(
    fc.tuple(
      fc.constant('order' as const),
      fc.constantFrom('1', '2', '3'),
      fc.option(fc.constantFrom('a-', 'b-', 'c-', 'a+', '?-'), { nil: null }),
    ),
    fc.tuple(
      fc.constant('person' as const),
      fc.constantFrom('a', 'b'),
      fc.option(fc.constantFrom('Ann', 'Bob', 'Cid'), { nil: null }),
    ),
  ),
  { maxLength: 40 },
)

function lastValues(input: readonly Step[], kind: Step[0]): Map<string, string> {
  const rows = new Map<string, string>()
  for (const [of, key, value] of input) {
    if (of !== kind) continue
    if (value === null) rows.delete(key)
    else rows.set(key, value)
  }
  return rows
}

function joinedRows(input: readonly Step[], isLeft: boolean): Map<string, string> {
  const people = lastValues(input, 'person')
  const rows = new Map<string, string>()
  for (const [id, order] of lastValues(input, 'order')) {
    const person = people.get(personOf(order) ?? '')
    if (person !== undefined || isLeft) rows.set(id, `${order} ${person ?? 'nobody'}`)
  }
  return rows
}

describe('joins of tables by a foreign key against the rows recomputed from all input', () => {
  for (const isLeft of [false, true]) {
    for (const cacheMaxBytes of [0, 200, 1_000_000]) {
      for (const store of [undefined, 'kept']) {
        test(`${isLeft ? 'leftJoin' : 'join'}, ${cacheMaxBytes} bytes of cache, ${store ?? 'not'} kept`, () => {
          fc.assert(
            fc.property(steps, (input) => {
              const builder = new StreamsBuilder(strings)
              const orders = builder.table<string, string>('orders')
              const people = builder.table<string, string>('people')
              const joiner = (order: string, person: string | null): string => `${order} ${person ?? 'nobody'}`
              const options = store === undefined ? {} : { store, value: serdes.string }
              const joined = isLeft
                ? orders.leftJoin(people, personOf, joiner, options)
                : orders.join(people, personOf, joiner, options)
              joined.toStream().to('out', strings)
              const driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes })
              const topics = {
                order: driver.createInputTopic('orders', strings),
                person: driver.createInputTopic('people', strings),
              }
              for (const [kind, key, value] of input) topics[kind].pipeKeyValue(key, value)
              const seen = driver.createOutputTopic('out', strings).readAsMap()
              const expected = joinedRows(input, isLeft)
              assert.deepEqual(new Map([...seen].filter(([, value]) => value !== null)), expected)
              if (store !== undefined) {
                const kept = driver.getTimestampedKeyValueStore<string, string>(store)
                assert.deepEqual(new Map([...kept.all()].map(({ key, value }) => [key, value.value])), expected)
              }
              driver.close()
            }),
            { seed: 11, numRuns: 25 },
          )
        })
      }
    }
  }
})

test('the foreign key may come from the key; an answer to an older row is not joined', () => {
  const builder = new StreamsBuilder(strings)
  const lines = builder.table<string, string>('lines')
  const orders = builder.table<string, string>('orders')
  lines
    .join(
      orders,
      (_line, id) => id.split('/')[0] ?? null,
      (line, order) => `${order}: ${line}`,
    )
    .toStream()
    .to('out', strings)
  const driver = new TopologyTestDriver(builder.build())
  driver.createInputTopic('lines', strings).pipeKeyValue('o1/2', 'tea')
  driver.createInputTopic('orders', strings).pipeKeyValue('o1', 'Ann')
  driver.createInputTopic('lines', strings).pipeKeyValue('o1/2', 'coffee')
  assert.deepEqual(driver.createOutputTopic('out', strings).readKeyValues(), [
    ['o1/2', 'Ann: tea'],
    ['o1/2', 'Ann: coffee'],
  ])
  driver.close()
})

test('a partitioner of the join that names two partitions is refused', () => {
  const builder = new StreamsBuilder(strings)
  const orders = builder.table<string, string>('orders')
  const people = builder.table<string, string>('people')
  const otherPartitioner = (): readonly number[] => [0, 1]
  orders
    .join(people, personOf, (order, person) => order + person, { otherPartitioner })
    .toStream()
    .to('out', strings)
  const driver = new TopologyTestDriver(builder.build())
  assert.throws(() => driver.createInputTopic('orders', strings).pipeKeyValue('1', 'a-'), /exactly one/)
  driver.close()
})
