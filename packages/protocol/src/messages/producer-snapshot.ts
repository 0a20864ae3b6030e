// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 1. */
export interface ProducerSnapshot {
  readonly crc: number
  readonly producerEntries: readonly ProducerSnapshotProducerEntry[]
}

export interface ProducerSnapshotProducerEntry {
  readonly producerId: bigint
  readonly epoch: number
  readonly lastSequence: number
  readonly lastOffset: bigint
  readonly offsetDelta: number
  readonly timestamp: bigint
  readonly coordinatorEpoch: number
  readonly currentTxnFirstOffset: bigint
}

function decodeProducerSnapshotProducerEntry(reader: Reader, _version: number): ProducerSnapshotProducerEntry {
  const producerId = reader.int64()
  const epoch = reader.int16()
  const lastSequence = reader.int32()
  const lastOffset = reader.int64()
  const offsetDelta = reader.int32()
  const timestamp = reader.int64()
  const coordinatorEpoch = reader.int32()
  const currentTxnFirstOffset = reader.int64()
  return {
    producerId,
    epoch,
    lastSequence,
    lastOffset,
    offsetDelta,
    timestamp,
    coordinatorEpoch,
    currentTxnFirstOffset,
  }
}

function decodeProducerSnapshotProducerEntryArray(reader: Reader, version: number, count: number): ProducerSnapshotProducerEntry[] {
  const elements: ProducerSnapshotProducerEntry[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProducerSnapshotProducerEntry(reader, version))
  return elements
}

function decodeProducerSnapshot(reader: Reader, version: number): ProducerSnapshot {
  const crc = reader.uint32()
  const producerEntries = decodeProducerSnapshotProducerEntryArray(reader, version, reader.arrayLength(46))
  return { crc, producerEntries }
}

function encodeProducerSnapshotProducerEntry(writer: Writer, _version: number, message: Init<ProducerSnapshotProducerEntry>): void {
  const {
    producerId = 0n,
    epoch = 0,
    lastSequence = 0,
    lastOffset = 0n,
    offsetDelta = 0,
    timestamp = 0n,
    coordinatorEpoch = 0,
    currentTxnFirstOffset = 0n,
  } = message
  writer.int64(producerId)
  writer.int16(epoch)
  writer.int32(lastSequence)
  writer.int64(lastOffset)
  writer.int32(offsetDelta)
  writer.int64(timestamp)
  writer.int32(coordinatorEpoch)
  writer.int64(currentTxnFirstOffset)
}

function encodeProducerSnapshot(writer: Writer, version: number, message: Init<ProducerSnapshot>): void {
  const {
    crc = 0,
    producerEntries = [],
  } = message
  writer.uint32(crc)
  writer.arrayLength(producerEntries.length)
  for (const element of producerEntries) encodeProducerSnapshotProducerEntry(writer, version, element)
}

export const producerSnapshot: MessageCodec<ProducerSnapshot> = messageCodec(
  'ProducerSnapshot',
  { minVersion: 1, maxVersion: 1, flexibleFrom: neverFlexible },
  decodeProducerSnapshot,
  encodeProducerSnapshot,
)
