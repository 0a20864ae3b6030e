import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { StreamsBuilder, TimeWindows, serdes } from '../../src/index.ts'
import { firstWindowStart } from '../../src/operators/stream-window-aggregate.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

test('the first window of a timestamp is the earliest multiple of the advance that still holds it', () => {
  const sizes = fc.integer({ min: 1, max: 50 })
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 0, max: 500 }), (a, b, timestamp) => {
      const [advanceMs, sizeMs] = a < b ? [a, b] : [b, a]
      let expected = 0
      while (expected + sizeMs <= timestamp) expected += advanceMs
      assert.equal(firstWindowStart({ sizeMs, advanceMs, graceMs: 0, originMs: 0 }, timestamp), expected)
    }),
    { seed: 11, numRuns: 500 },
  )
})

describe('hopping windows', () => {
  test('give the same sums as adding up by hand, whatever the order within the grace', () => {
    const records = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b'),
        value: fc.integer({ min: 0, max: 9 }),
        at: fc.integer({ min: 0, max: 90 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(records, (all) => {
        const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
        builder
          .stream('in')
          .groupByKey()
          .windowedBy(TimeWindows.ofSizeAndGrace(10, 1000).advanceBy(3))
          .aggregate(
            () => 0,
            (_key, value, sum) => sum + value,
            { store: 'sums' },
          )
        using driver = new TopologyTestDriver(builder.build())
        const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.long })
        const expected = new Map<string, number>()
        for (const { key, value, at } of all) {
          input.pipeKeyValue(key, value, at)
          for (let start = 0; start <= at; start += 3) {
            if (start + 10 > at) expected.set(`${key}@${start}`, (expected.get(`${key}@${start}`) ?? 0) + value)
          }
        }
        const store = driver.getTimestampedWindowStore<string, number>('sums')
        const actual = [...store.all()].map(
          ({ key, value }) => [`${key.key}@${key.window.startMs}`, value.value] as const,
        )
        assert.deepEqual(new Map(actual), expected)
      }),
      { seed: 3, numRuns: 60 },
    )
  })
})
