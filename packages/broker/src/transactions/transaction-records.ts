import type { Init, MessageCodec } from '@streamwright/protocol'
import { Reader, Writer } from '@streamwright/protocol'
import { transactionLogKey } from '@streamwright/protocol/messages/transaction-log-key'
import { transactionLogValue } from '@streamwright/protocol/messages/transaction-log-value'
import { present } from '@streamwright/std'
import type { TransactionMetadata } from './transaction-metadata.ts'
import { transactionStateIds, transactionStateOf } from './transaction-state.ts'

/** What a key of `__transaction_state` begins with. */
const transactionLogType = 0
/** The version that Apache Kafka 4.3 writes with transaction.version 2: with tagged fields. */
const valueVersion = 1

/** A record of `__transaction_state`; a null value forgets the transactional id. */
export interface TransactionRecord {
  readonly key: Buffer
  readonly value: Buffer | null
}

export function transactionRecord(metadata: TransactionMetadata): TransactionRecord {
  const { partitions } = metadata
  return {
    key: keyOf(metadata.transactionalId),
    value: framed(transactionLogValue, valueVersion, valueVersion, {
      producerId: BigInt(metadata.producerId),
      previousProducerId: BigInt(metadata.previousProducerId),
      nextProducerId: BigInt(metadata.nextProducerId),
      producerEpoch: metadata.producerEpoch,
      transactionTimeoutMs: metadata.timeoutMs,
      transactionStatus: transactionStateIds[metadata.state],
      transactionPartitions:
        metadata.state === 'Empty'
          ? null
          : [...partitions].map(([topic, indexes]) => ({ topic, partitionIds: [...indexes] })),
      transactionLastUpdateTimestampMs: BigInt(metadata.lastUpdateMs),
      transactionStartTimestampMs: BigInt(metadata.startMs),
      clientTransactionVersion: metadata.clientVersion,
    }),
  }
}

export function transactionTombstone(transactionalId: string): TransactionRecord {
  return { key: keyOf(transactionalId), value: null }
}

/** A record read: what is known of an id, or that it is forgotten. `undefined`: of a kind that this version has not. */
export function readTransactionRecord(
  key: Buffer,
  value: Buffer | null,
): { readonly transactionalId: string; readonly metadata: TransactionMetadata | null } | undefined {
  const keyReader = new Reader(key)
  if (keyReader.int16() !== transactionLogType) return undefined
  const { transactionalId } = transactionLogKey.decode(keyReader, 0)
  if (value === null) return { transactionalId, metadata: null }
  const reader = new Reader(value)
  const version = reader.int16()
  if (version < transactionLogValue.minVersion || version > transactionLogValue.maxVersion) return undefined
  const read = transactionLogValue.decode(reader, version)
  const partitions = (read.transactionPartitions ?? []).map(({ topic, partitionIds }): [string, Set<number>] => [
    topic,
    new Set(partitionIds),
  ])
  return {
    transactionalId,
    metadata: {
      transactionalId,
      producerId: Number(read.producerId),
      previousProducerId: Number(read.previousProducerId),
      nextProducerId: Number(read.nextProducerId),
      producerEpoch: read.producerEpoch,
      lastProducerEpoch: -1,
      timeoutMs: read.transactionTimeoutMs,
      state: present(transactionStateOf(read.transactionStatus), 'The state of a transaction is one that is written'),
      partitions: new Map(partitions),
      startMs: Number(read.transactionStartTimestampMs),
      lastUpdateMs: Number(read.transactionLastUpdateTimestampMs),
      clientVersion: read.clientTransactionVersion,
    },
  }
}

function keyOf(transactionalId: string): Buffer {
  return framed(transactionLogKey, transactionLogType, 0, { transactionalId })
}

function framed<M>(codec: MessageCodec<M>, prefix: number, version: number, message: Init<M>): Buffer {
  const writer = new Writer()
  writer.int16(prefix)
  codec.encode(writer, version, message)
  return writer.toBuffer()
}
