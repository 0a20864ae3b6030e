import assert from 'node:assert/strict'
import { KafkaError, RecordBatch } from '@streamwright/protocol'
import { checkProduced } from '../../packages/broker/src/log/append-check.ts'
import { placeProduced } from '../../packages/broker/src/log/append-place.ts'
import { InvalidRecordsError } from '../../packages/broker/src/log/log-errors.ts'
import type { LogSettings } from '../../packages/broker/src/log/log-settings.ts'
import { defaultLogSettings } from '../../packages/broker/src/log/log-settings.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

const magicAt = 16
const headerSizeInBytes = 61
const compressionMask = 7

/** `leader-append.json`: what the leader of a partition makes of produced records, or how it refuses them. */
export function runLeaderAppend({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'vectors')) {
    const { compression, timestampType, compacted } = objectAt(vector['topic'], 'topic')
    const topic = `${String(compression)}, ${String(timestampType)}${compacted === true ? ', compacted' : ''}`
    runCase(report, `${file.label} ${textAt(vector, 'case')} into ${topic}`, () => checkAppend(content, vector))
  }
}

function checkAppend(content: JsonObject, vector: JsonObject): void {
  const expectedError = refusedBefore(Buffer.from(textAt(vector, 'in'), 'hex')) ?? vector['partitionError']
  if (expectedError !== undefined) {
    const error = refusalOf(() => append(content, vector))
    assert.equal(error.code, expectedError, 'error')
    const indexes = error instanceof InvalidRecordsError ? error.recordErrors.map(({ batchIndex }) => batchIndex) : []
    assert.deepEqual(indexes, vector['recordErrors'] ?? [], 'records in error')
    return
  }
  const out = append(content, vector)
  const expected = Buffer.from(textAt(vector, 'out'), 'hex')
  // Compressed bytes are each library's own: what is inside counts.
  if ((expected.readInt16BE(21) & compressionMask) === 0) assert.equal(out.toString('hex'), vector['out'], 'bytes')
  const batch = describe(out)
  assert.deepEqual(batch, describe(expected))
  assert.equal(String(batch.maxTimestamp), vector['maxTimestamp'], 'largest timestamp')
  assert.equal(String(batch.nextOffset), vector['nextOffset'], 'next offset')
}

/**
 * The vectors are of the leader's last part, which trusts what came before it. Ours checks all in one place, so that
 * it refuses here what Java's broker refuses earlier.
 */
function refusedBefore(records: Buffer): string | undefined {
  if (records.readInt8(magicAt) < 2) return 'INVALID_RECORD'
  const [batch] = RecordBatch.read(records)
  assert.ok(batch !== undefined, 'a batch is produced')
  if (records.readBigInt64BE(0) !== 0n) return 'INVALID_RECORD'
  try {
    batch.ensureValid()
  } catch {
    return 'CORRUPT_MESSAGE'
  }
  return undefined
}

function append(content: JsonObject, vector: JsonObject): Buffer {
  const records = Buffer.from(textAt(vector, 'in'), 'hex')
  const settings = settingsOf(content, objectAt(vector['topic'], 'topic'))
  const nowMs = Number(textAt(content, 'clock'))
  const checked = checkProduced(records, settings, { name: 'topic-0', nowMs, produceVersion: undefined })
  const place = {
    baseOffset: Number(textAt(content, 'firstOffset')),
    leaderEpoch: numberAt(content, 'partitionLeaderEpoch'),
  }
  return placeProduced(records, checked, settings, place, nowMs).buffer
}

function settingsOf(content: JsonObject, topic: JsonObject): LogSettings {
  return {
    ...defaultLogSettings,
    cleanupPolicy: topic['compacted'] === true ? ['compact'] : ['delete'],
    compressionType: textAt(topic, 'compression'),
    messageTimestampType: topic['timestampType'] === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    messageTimestampBeforeMaxMs: Number(textAt(content, 'timestampBeforeMaxMs')),
    messageTimestampAfterMaxMs: Number(textAt(content, 'timestampAfterMaxMs')),
  }
}

function refusalOf(action: () => unknown): KafkaError {
  try {
    action()
  } catch (error) {
    if (error instanceof KafkaError) return error
    throw error
  }
  assert.fail('it is appended, but Java refuses it')
}

interface Described {
  readonly header: readonly string[]
  readonly maxTimestamp: number
  readonly nextOffset: number
  readonly records: readonly unknown[]
}

/** Everything but the length and the checksum, which the compression decides. */
function describe(bytes: Buffer): Described {
  const batches = RecordBatch.read(bytes)
  const [batch] = batches
  assert.ok(batch !== undefined && batches.length === 1, 'one batch is stored')
  batch.ensureValid()
  const records: unknown[] = []
  for (const cursor = batch.records(); cursor.next();) {
    records.push([cursor.offset, cursor.timestamp, cursor.key(), cursor.value(), cursor.headers()])
  }
  const header = [
    bytes.toString('hex', 0, 8),
    bytes.toString('hex', 12, 17),
    bytes.toString('hex', 21, headerSizeInBytes),
  ]
  return { header, maxTimestamp: batch.maxTimestamp, nextOffset: batch.nextOffset, records }
}
