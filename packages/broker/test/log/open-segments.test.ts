import assert from 'node:assert/strict'
import test from 'node:test'
import { ReusableMemory } from '@streamwright/std'
import { readMemoryLimits } from '../../src/log/limits.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { OpenSegments } from '../../src/log/open-segments.ts'
import { Segment } from '../../src/log/segment.ts'
import { batchOf } from './batches.ts'

function segments(count: number, openSegments: OpenSegments): readonly Segment[] {
  const storage = new MemoryStorage()
  storage.makeDirectory('/log')
  return Array.from({ length: count }, (_, index) => {
    const segment = Segment.create(
      { storage, openSegments, readMemory: new ReusableMemory(readMemoryLimits) },
      '/log',
      index * 100,
    )
    for (let each = 0; each < 50; each++) {
      const batch = batchOf()
      batch.writeBigInt64BE(BigInt(index * 100 + each), 0)
      segment.write([batch])
      segment.wrote([{ lastOffset: index * 100 + each, maxTimestamp: each, sizeInBytes: batch.length }], 0)
    }
    segment.saveIndexes()
    return segment
  })
}

test('files in use stay within their bound, and every segment can be read', () => {
  const openSegments = new OpenSegments(4, 1 << 20)
  const all = segments(20, openSegments)
  for (let round = 0; round < 3; round++) {
    for (const [index, segment] of all.entries()) {
      const place = segment.placeOf(index * 100 + 25)
      assert.ok(place !== undefined)
      assert.equal(segment.read(place.position, 1, true, Infinity).nextOffset, index * 100 + 26)
      assert.ok(openSegments.count <= 4)
    }
  }
})

test('indexes in memory stay within their bound', () => {
  const openSegments = new OpenSegments(100, 5000)
  const all = segments(20, openSegments)
  for (const [index, segment] of all.entries()) assert.ok(segment.placeOf(index * 100 + 49) !== undefined)
  const held = all.reduce((sum, segment) => sum + segment.releasableBytes, 0)
  assert.ok(held <= 5000, `${held}`)
})
