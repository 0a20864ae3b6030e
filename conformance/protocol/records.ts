import assert from 'node:assert/strict'
import { RecordBatch } from '@streamwright/protocol'
import type { RecordCursor } from '@streamwright/protocol'
import { StreamwrightError, fromHex, toHex } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, numberAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import { checkRebuilt } from './rebuilt-batch.ts'
import type { ProtocolRun } from './run.ts'

/** `batches-v2.json`: record batches, every header value and every record. `legacy.json`: message sets, refused. */
export function runBatches({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'vectors')) {
    runCase(report, `${file.label} ${textAt(vector, 'case')}`, () => {
      const bytes = fromHex(textAt(vector, 'hex'))
      const expected = listAt(vector, 'batches')
      if (expected.some((batch) => numberAt(batch, 'magic') < 2)) {
        assert.throws(() => RecordBatch.read(bytes), { name: 'KafkaError', code: 'UNSUPPORTED_FOR_MESSAGE_FORMAT' })
        return
      }
      const batches = RecordBatch.read(bytes)
      assert.equal(batches.length, expected.length, 'number of batches')
      for (const [index, batch] of batches.entries()) checkBatch(batch, expected[index] ?? {})
    })
  }
}

function checkBatch(batch: RecordBatch, expected: JsonObject): void {
  const rounded: string[] = []
  batch.ensureValid()
  for (const [name, value] of Object.entries(headerOf(batch))) {
    checkNumber(value, expected[name], name, rounded)
  }
  const records = listAt(expected, 'records')
  const cursor = batch.records()
  for (const [index, record] of records.entries()) {
    assert.ok(cursor.next(), `record ${index} is missing`)
    checkRecord(cursor, record, index, rounded)
    if ('sequence' in record && !batch.isControl) {
      const sequence = batch.baseSequence < 0 ? -1 : (batch.baseSequence + cursor.offset - batch.baseOffset) % 2 ** 31
      assert.equal(sequence, record['sequence'], `sequence of record ${index}`)
    }
  }
  assert.ok(!cursor.next(), 'there are more records')
  // Last of all, so that a batch with such a number is compared in everything else.
  assert.equal(rounded.join('; '), '')
  checkRebuilt(batch, expected)
}

/** Compares exactly. What a number cannot hold is compared as far as it can, and noted in `rounded`. */
function checkNumber(actual: unknown, expected: unknown, what: string, rounded: string[]): void {
  if (String(actual) === String(expected)) return
  assert.ok(
    typeof actual === 'number' && !Number.isSafeInteger(actual),
    `${what}: ${String(actual)}, not ${String(expected)}`,
  )
  assert.equal(actual, Number(expected), what)
  rounded.push(`${what} ${String(expected)} is beyond 2^53`)
}

function headerOf(batch: RecordBatch): Record<string, unknown> {
  return {
    sizeInBytes: batch.sizeInBytes,
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    nextOffset: batch.nextOffset,
    count: batch.recordCount,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    baseTimestamp: batch.baseTimestamp,
    maxTimestamp: batch.maxTimestamp,
    deleteHorizonMs: batch.hasDeleteHorizon ? batch.baseTimestamp : null,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    compression: batch.compression,
    timestampType: batch.timestampType === 'create' ? 'CreateTime' : 'LogAppendTime',
    transactional: batch.isTransactional,
    control: batch.isControl,
  }
}

function checkRecord(cursor: RecordCursor, record: JsonObject, index: number, rounded: string[]): void {
  checkNumber(cursor.offset, record['offset'], `offset of record ${index}`, rounded)
  checkNumber(cursor.timestamp, record['timestamp'], `timestamp of record ${index}`, rounded)
  assert.equal(hexOf(cursor.key()), expandedHex(record['key']), `key of record ${index}`)
  assert.equal(hexOf(cursor.value()), expandedHex(record['value']), `value of record ${index}`)
  const headers = cursor.headers().map(({ key, value }) => [key, hexOf(value)])
  assert.deepEqual(headers, record['headers'], `headers of record ${index}`)
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : toHex(bytes)
}

/** Long values are given as a unit and how often it comes. */
export function expandedHex(value: unknown): string | null {
  if (!isRecord(value)) return typeof value === 'string' ? value : null
  return textAt(value, 'unit').repeat(numberAt(value, 'times'))
}

/**
 * `corrupt.json`. What Java reads, ours reads; what Java refuses, ours refuses at the same stage or at an earlier one:
 * walking over the batches, the checksum, the records. How many records come before a refusal is not compared, since
 * that depends on how far ahead a reader looks. Old formats are refused as such.
 */
export function runCorrupt({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'vectors')) {
    runCase(report, `${file.label} ${textAt(vector, 'case')}`, () => checkCorrupt(vector))
  }
}

const stages = ['iterate', 'ensureValid', 'records'] as const

function checkCorrupt(vector: JsonObject): void {
  const bytes = fromHex(textAt(vector, 'hex'))
  const theirs = stages.findIndex((stage) => vector[stage] !== 'ok')
  let ours = 0
  let batches: readonly RecordBatch[] = []
  let records = 0
  try {
    batches = RecordBatch.read(bytes)
    ours = 1
    for (const batch of batches) batch.ensureValid()
    ours = 2
    for (const batch of batches) for (const cursor = batch.records(); cursor.next();) records++
    ours = -1
  } catch (error) {
    assert.ok(error instanceof StreamwrightError, `not an error of ours: ${String(error)}`)
    assert.ok(theirs >= 0, `refused, but Java reads it: ${error.message}`)
  }
  if (theirs < 0) {
    assert.equal(batches.length, numberAt(vector, 'completeBatches'), 'complete batches')
    assert.equal(records, numberAt(vector, 'recordsRead'), 'records')
    return
  }
  assert.ok(ours >= 0, `read, but Java refuses it: ${String(vector[stages[theirs] ?? ''])}`)
  assert.ok(ours <= theirs, `refused only by ${stages[ours]}, not by ${stages[theirs]}`)
}
