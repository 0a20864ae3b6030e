import { ErrorCode } from '@streamwright/protocol'
import type { TransactionMetadata } from './transaction-metadata.ts'
import { TransactionVersion, isEpochExhausted } from './transaction-metadata.ts'

/** An EndTxn, apart from the transactional id. */
export interface EndWish {
  readonly producerId: number
  readonly producerEpoch: number
  readonly outcome: 'commit' | 'abort'
  /** By the version of the request. */
  readonly clientVersion: number
}

/** What an EndTxn leads to: the transaction ends, or it is answered as it is (`NONE`: it has ended before). */
export type EndDecision = 'end' | number

/** By Kafka's rules for either protocol. */
export function decideEnd(metadata: TransactionMetadata, wish: EndWish): EndDecision {
  return wish.clientVersion >= TransactionVersion.epochPerTransaction
    ? decideWithEpochs(metadata, wish)
    : decideClassic(metadata, wish)
}

function decideClassic(metadata: TransactionMetadata, { producerId, producerEpoch, outcome }: EndWish): EndDecision {
  if (metadata.producerId !== producerId) return ErrorCode.INVALID_PRODUCER_ID_MAPPING
  if (metadata.producerEpoch !== producerEpoch) return ErrorCode.PRODUCER_FENCED
  switch (metadata.state) {
    case 'Ongoing':
      return 'end'
    case 'CompleteCommit':
    case 'CompleteAbort':
      return outcome === outcomeOf(metadata) ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE
    case 'PrepareCommit':
    case 'PrepareAbort':
      return outcome === outcomeOf(metadata) ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.INVALID_TXN_STATE
    case 'Empty':
    case 'Dead':
      return ErrorCode.INVALID_TXN_STATE
  }
}

/**
 * With an epoch for each transaction, a request under the epoch before the present one repeats one that was answered
 * already. An abort of nothing is no error: a producer that does not know whether its first record came through asks
 * for it, and gets a new epoch.
 */
function decideWithEpochs(metadata: TransactionMetadata, { producerId, producerEpoch, outcome }: EndWish): EndDecision {
  const isAfterRotation =
    metadata.previousProducerId === producerId && isEpochExhausted(producerEpoch) && metadata.producerEpoch === 0
  const isRepeated = metadata.producerEpoch === producerEpoch + 1 || isAfterRotation
  if (metadata.producerId !== producerId && !isAfterRotation) return ErrorCode.INVALID_PRODUCER_ID_MAPPING
  const isCurrent = metadata.producerEpoch === producerEpoch
  switch (metadata.state) {
    case 'Ongoing':
      return isCurrent ? 'end' : ErrorCode.PRODUCER_FENCED
    case 'Empty':
      if (!isCurrent) return ErrorCode.PRODUCER_FENCED
      return outcome === 'abort' ? 'end' : ErrorCode.INVALID_TXN_STATE
    case 'PrepareCommit':
    case 'PrepareAbort':
      if (!isRepeated) return ErrorCode.PRODUCER_FENCED
      return outcome === outcomeOf(metadata) ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.INVALID_TXN_STATE
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (isRepeated) return outcome === outcomeOf(metadata) ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE
      if (!isCurrent) return ErrorCode.PRODUCER_FENCED
      return outcome === 'abort' ? 'end' : ErrorCode.INVALID_TXN_STATE
    case 'Dead':
      return ErrorCode.INVALID_TXN_STATE
  }
}

/** How a transaction that is decided ends, or has ended. */
export function outcomeOf({ state }: TransactionMetadata): 'commit' | 'abort' {
  return state === 'PrepareCommit' || state === 'CompleteCommit' ? 'commit' : 'abort'
}
