import { basename } from 'node:path'
import type { RecordBatch } from '@streamwright/protocol'
import { controlTypeOf } from '@streamwright/protocol'
import type { Terminal } from '../command-line/tool.ts'
import type { Decoder } from './decoders.ts'
import type { RecordDecoder } from './internal-decoder.ts'
import { segmentBatches } from './segment-batches.ts'

/** How a segment is shown. */
export interface SegmentView {
  readonly file: string
  readonly baseOffset: number
  /** Infinity: all. */
  readonly maxBytes: number
  /** Whether records are shown, and whether with keys and values. */
  readonly isDeep: boolean
  readonly isPrinted: boolean
  readonly hasMetadata: boolean
  readonly decodeKey: Decoder
  readonly decodeValue: Decoder
  /** Shows keys and values in place of the two above: records of internal topics. */
  readonly decodeRecord: RecordDecoder | undefined
}

/** A line for each batch, and one for each record where that is wanted. */
export function dumpSegment(buffer: Buffer, view: SegmentView, terminal: Terminal): void {
  terminal.out(`Log starting offset: ${view.baseOffset}\n`)
  const gaps: (readonly [number, number])[] = []
  let last = -1
  let validBytes = 0
  for (const batch of segmentBatches(buffer, Math.min(buffer.length, view.maxBytes))) {
    terminal.out(`${batchLine(batch)}\n`)
    validBytes = batch.end
    if (!view.isDeep) continue
    const cursor = batch.records()
    while (cursor.next()) {
      if (cursor.offset !== last + 1) gaps.push([last, cursor.offset])
      last = cursor.offset
      terminal.out(`${recordLine(batch, cursor, view)}\n`)
    }
  }
  const trailing = buffer.length - validBytes
  if (trailing > 0 && view.maxBytes === Infinity)
    terminal.out(`Found ${trailing} invalid bytes at the end of ${basename(view.file)}\n`)
  if (gaps.length === 0) return
  terminal.error(`Non-consecutive offsets in ${view.file}\n`)
  for (const [before, after] of gaps) terminal.error(`  ${before} is followed by ${after}\n`)
}

function batchLine(batch: RecordBatch): string {
  const horizon = batch.hasDeleteHorizon ? `OptionalLong[${batch.baseTimestamp}]` : 'OptionalLong.empty'
  return [
    `baseOffset: ${batch.baseOffset} lastOffset: ${batch.lastOffset} count: ${batch.recordCount}`,
    `baseSequence: ${batch.baseSequence} lastSequence: ${batch.lastSequence}`,
    `producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}`,
    `partitionLeaderEpoch: ${batch.partitionLeaderEpoch}`,
    `isTransactional: ${batch.isTransactional} isControl: ${batch.isControl} deleteHorizonMs: ${horizon}`,
    `position: ${batch.start} ${timeName(batch)}: ${batch.maxTimestamp} size: ${batch.sizeInBytes} magic: 2`,
    `compresscodec: ${batch.compression} crc: ${batch.crc} isvalid: ${batch.isValid}`,
  ].join(' ')
}

function timeName(batch: RecordBatch): string {
  return batch.timestampType === 'create' ? 'CreateTime' : 'LogAppendTime'
}

function recordLine(batch: RecordBatch, cursor: ReturnType<RecordBatch['records']>, view: SegmentView): string {
  const key = cursor.key()
  const value = cursor.value()
  const parts = ['|']
  if (view.hasMetadata || !view.isPrinted) {
    const sequence = batch.baseSequence < 0 ? -1 : sequenceAfter(batch.baseSequence, cursor.offset - batch.baseOffset)
    const headers = cursor.headers().map((header) => header.key)
    parts.push(
      `offset: ${cursor.offset} ${timeName(batch)}: ${cursor.timestamp} keySize: ${key?.length ?? -1} valueSize: ${value?.length ?? -1} sequence: ${sequence} headerKeys: [${headers.join(',')}]`,
    )
  }
  if (batch.isControl) parts.push(controlText(key, value))
  else if (view.isPrinted && view.decodeRecord !== undefined) {
    parts.push(...view.decodeRecord(key, value, cursor.offset))
  } else if (view.isPrinted) {
    if (key !== null) parts.push(`key: ${view.decodeKey(key)}`)
    if (value !== null) parts.push(`payload: ${view.decodeValue(value)}`)
  }
  return parts.join(' ')
}

function sequenceAfter(sequence: number, count: number): number {
  const sum = sequence + count
  return sum > 0x7fff_ffff ? sum - 0x8000_0000 : sum
}

function controlText(key: Buffer | null, value: Buffer | null): string {
  const type = controlTypeOf(key)
  if (type === undefined) return `controlType: ${key?.readInt16BE(2) ?? -1}`
  return `endTxnMarker: ${type.toUpperCase()} coordinatorEpoch: ${value?.readInt32BE(2) ?? -1}`
}
