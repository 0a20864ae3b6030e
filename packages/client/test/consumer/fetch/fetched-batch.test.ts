import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RecordBatch, RecordBatchBuilder } from '@streamwright/protocol'
import { eachRecord, FetchedBatch } from '../../../src/consumer/fetch/fetched-batch.ts'

function fetched(baseOffset: number, values: readonly string[], skipBefore = 0): FetchedBatch {
  const builder = new RecordBatchBuilder()
  for (const value of values) builder.append(7, 'key', value)
  const [batch] = RecordBatch.read(builder.build({ baseOffset }))
  assert(batch !== undefined)
  return new FetchedBatch({ topic: 'orders', partition: 3 }, batch, { skipBefore, highWatermark: 100 })
}

describe('The records of batches', () => {
  it('come one by one, over all batches, from the position on', () => {
    const records = [...eachRecord([fetched(10, ['a', 'b', 'c'], 11)])]
    assert.deepEqual(
      records.map(({ offset, value }) => `${offset} ${value?.toString()}`),
      ['11 b', '12 c'],
    )
    const all = eachRecord([fetched(10, ['a', 'b'], 11), fetched(30, ['d'])])
    assert.deepEqual([...all.map(({ offset }) => offset)], [11, 30])
    assert.deepEqual(eachRecord([fetched(30, ['d'])]).next().value, {
      topic: 'orders',
      partition: 3,
      offset: 30,
      timestamp: 7,
      key: Buffer.from('key'),
      value: Buffer.from('d'),
      headers: [],
    })
  })

  it('end where a loop ends', () => {
    const records = eachRecord([fetched(10, ['a', 'b']), fetched(30, ['d'])])
    for (const { offset } of records) {
      assert.equal(offset, 10)
      break
    }
    assert.deepEqual([...records], [])
  })
})
