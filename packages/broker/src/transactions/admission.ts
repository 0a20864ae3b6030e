import { ErrorCode } from '@streamwright/protocol'
import type { BrokerServices } from '../services.ts'
import type { Admission, ProducerIdAndEpoch } from './transaction-coordinator.ts'
import type { TransactionPartitions } from './transaction-metadata.ts'
import { TransactionVersion } from './transaction-metadata.ts'

/** What the version of a request can do. */
export interface RequestAbilities {
  /** Partitions become part of the transaction when they are first written to. Otherwise they must be already. */
  readonly addsPartitions: boolean
  /** Whether the client understands TRANSACTION_ABORTABLE. */
  readonly knowsAbortable: boolean
}

const admitted: Admission = { errorCode: ErrorCode.NONE }

/**
 * Whether a producer may write to these partitions as part of its transaction. Where it has written before in this
 * transaction it may; about others the coordinator decides. Synchronous, because the order of appends is that of the
 * requests.
 */
export function admitWrites(
  services: BrokerServices,
  transactionalId: string,
  producer: ProducerIdAndEpoch,
  partitions: TransactionPartitions,
  abilities: RequestAbilities,
): Admission {
  const unopened = withoutOpened(services, producer, partitions)
  if (unopened.size === 0) return admitted
  const transactions = services.loadedTransactions()
  if (transactions === undefined) return { errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING }
  if (abilities.addsPartitions) {
    const version = TransactionVersion.epochPerTransaction
    const admission = transactions.addPartitions(transactionalId, producer, unopened, version)
    return { ...admission, errorCode: errorForPartition(admission.errorCode, abilities) }
  }
  if (!services.settings.transactionPartitionVerificationEnable) return admitted
  for (const [topic, indexes] of unopened) {
    for (const index of indexes) {
      const errorCode = transactions.verifyPartition(transactionalId, producer, topic, index)
      if (errorCode !== ErrorCode.NONE) return { errorCode: errorForPartition(errorCode, abilities) }
    }
  }
  return admitted
}

/** The partitions in which the transaction has nothing yet. */
function withoutOpened(
  services: BrokerServices,
  { producerId, producerEpoch }: ProducerIdAndEpoch,
  partitions: TransactionPartitions,
): TransactionPartitions {
  const unopened = new Map<string, Set<number>>()
  for (const [topic, indexes] of partitions) {
    for (const index of indexes) {
      const known = services.topics.get(topic)?.partition(index)?.existingLog?.producer(producerId)
      if (known?.producerEpoch === producerEpoch && known.currentTransactionStartOffset >= 0) continue
      unopened.set(topic, (unopened.get(topic) ?? new Set()).add(index))
    }
  }
  return unopened
}

/** Whoever writes to a partition knows the coordinator's errors under other names. */
function errorForPartition(errorCode: number, { knowsAbortable }: RequestAbilities): number {
  if (errorCode === ErrorCode.PRODUCER_FENCED) return ErrorCode.INVALID_PRODUCER_EPOCH
  if (errorCode === ErrorCode.TRANSACTION_ABORTABLE && !knowsAbortable) return ErrorCode.INVALID_TXN_STATE
  return errorCode
}
