import assert from 'node:assert/strict'
import test from 'node:test'
import { RecordBatchBuilder, crc32c } from '@streamwright/protocol'
import type { CompressionType } from '@streamwright/protocol'
import { batchOf, markerOf } from './batches.ts'
import { newLog, testEnvironment } from './harness.ts'

const invalid = { code: 'INVALID_RECORD' }

test('what is not exactly one whole and sound batch is refused', async () => {
  const { directory, log } = await newLog()
  const batch = batchOf({ values: ['a', 'b'] })
  assert.throws(() => log.append(Buffer.alloc(0)), invalid)
  for (let size = 1; size < batch.length; size++) {
    assert.throws(() => log.append(Buffer.from(batch.subarray(0, size))), invalid)
  }
  assert.throws(() => log.append(Buffer.concat([batch, batch])), invalid)
  assert.throws(() => log.append(Buffer.concat([batch, batch.subarray(0, 20), Buffer.alloc(90)])), invalid)
  assert.throws(() => log.append(markerOf('commit', 1, 0)), invalid)
  for (let at = 21; at < batch.length; at++) {
    const damaged = Buffer.from(batch)
    damaged[at] = (damaged[at] ?? 0) ^ 0x10
    assert.throws(() => log.append(damaged), { name: 'KafkaError' })
  }
  assert.equal(log.endOffset, 0)
  await directory.close()
})

test('what cannot be a batch of any format is corrupt; the beginning of another one behind a batch is left out', async () => {
  const { directory, log } = await newLog()
  const batch = batchOf({ values: ['a', 'b'] })
  for (const magic of [-1, 3]) {
    const strange = Buffer.from(batch)
    strange.writeInt8(magic, 16)
    assert.throws(() => log.append(strange), { code: 'CORRUPT_MESSAGE' })
  }
  const short = Buffer.from(batch)
  short.writeInt32BE(5, 8)
  assert.throws(() => log.append(short), { code: 'CORRUPT_MESSAGE' })
  log.append(Buffer.concat([batch, Buffer.from([1, 2, 3])]))
  log.append(Buffer.concat([batch, batch.subarray(0, 30)]))
  assert.equal(log.endOffset, 4)
  log.writePending()
  assert.equal(log.sizeInBytes, 2 * batch.length)
  await directory.close()
})

test('records that contradict their batch are refused whatever the codec', async () => {
  const { directory, log } = await newLog()
  for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
    const batch = compressed(compression)
    batch.writeInt32BE(1, 23)
    batch.writeInt32BE(2, 57)
    batch.writeUInt32BE(crc32c(batch, 21), 17)
    assert.throws(() => log.append(batch), invalid, compression)
    const garbage = compressed(compression)
    garbage.fill(0xee, 61)
    garbage.writeUInt32BE(crc32c(garbage, 21), 17)
    assert.throws(() => log.append(garbage), invalid, compression)
  }
  await directory.close()
})

function compressed(compression: CompressionType, count = 5): Buffer {
  const builder = new RecordBatchBuilder({ compression })
  for (let index = 0; index < count; index++) builder.append(1_700_000_000_000, `k${index}`, 'v'.repeat(100))
  return Buffer.from(builder.build())
}

test('sizes and codecs have their limits', async () => {
  const { directory, log } = await newLog({ settings: { maxMessageBytes: 500, segmentBytes: 300 } })
  const large = { code: 'MESSAGE_TOO_LARGE' }
  assert.throws(() => log.append(batchOf({ values: ['x'.repeat(500)] })), large)
  assert.throws(() => log.append(batchOf({ values: ['x'.repeat(300)] })), { code: 'RECORD_LIST_TOO_LARGE' })
  const zstd = { code: 'UNSUPPORTED_COMPRESSION_TYPE' }
  assert.throws(() => log.append(compressed('zstd', 1), { produceVersion: 6 }), zstd)
  assert.equal(log.append(compressed('zstd', 1), { produceVersion: 7 }).baseOffset, 0)
  const unknown = compressed('zstd', 1)
  unknown.writeInt16BE(5, 21)
  unknown.writeUInt32BE(crc32c(unknown, 21), 17)
  assert.throws(() => log.append(unknown), { code: 'UNKNOWN_SERVER_ERROR' })
  await directory.close()
})

test('a topic with LogAppendTime stamps what it takes, and the producer keeps its bytes', async () => {
  const environment = testEnvironment()
  const { directory, log } = await newLog({ environment, settings: { messageTimestampType: 'LogAppendTime' } })
  const sent = batchOf({ values: ['a', 'b'], timestamp: 5, producerId: 1, producerEpoch: 0, baseSequence: 0 })
  const original = Buffer.from(sent)
  const first = log.append(sent)
  assert.equal(first.logAppendTimeMs, environment.clock.wallMs())
  assert.deepEqual(sent, original)
  const again = log.append(sent)
  assert.deepEqual([again.isDuplicate, again.logAppendTimeMs], [true, first.logAppendTimeMs])
  await first.written
  assert.equal(log.offsetForTimestamp(first.logAppendTimeMs)?.offset, 0)
  await directory.close()
})
