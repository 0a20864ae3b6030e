import { assert } from '@streamwright/std'
import type { TransactionState } from './transaction-state.ts'
import { transactionTransitions } from './transaction-state.ts'

/** Topic → its partitions in a transaction. */
export type TransactionPartitions = ReadonlyMap<string, ReadonlySet<number>>

/** The protocol before KIP-890, and the one in which every transaction has an epoch of its own. */
export const TransactionVersion = { classic: 0, epochPerTransaction: 2 } as const

/** What the coordinator knows of a transactional id. Never changed: a step makes the next one, which is written first. */
export interface TransactionMetadata {
  readonly transactionalId: string
  readonly producerId: number
  /** The one before the last step; −1: none. */
  readonly previousProducerId: number
  /** Takes over when the transaction that is being ended is complete, because epochs are used up; −1: none. */
  readonly nextProducerId: number
  readonly producerEpoch: number
  /** The epoch before the last change of it, to recognise a request that is repeated; −1: none. Not stored. */
  readonly lastProducerEpoch: number
  readonly timeoutMs: number
  readonly state: TransactionState
  readonly partitions: TransactionPartitions
  /** −1: no transaction since the producer was initialised. */
  readonly startMs: number
  readonly lastUpdateMs: number
  /** Of the client that works on the transaction. */
  readonly clientVersion: number
}

const producerEpochMax = 0x7fff
const noPartitions: TransactionPartitions = new Map()

/** The next producer must get another id. */
export function isEpochExhausted(epoch: number): boolean {
  return epoch >= producerEpochMax - 1
}

/** A new transactional id. Its first epoch, 0, comes by {@link withNextEpoch}. */
export function newTransaction(
  transactionalId: string,
  producerId: number,
  timeoutMs: number,
  nowMs: number,
): TransactionMetadata {
  return {
    transactionalId,
    producerId,
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: -1,
    lastProducerEpoch: -1,
    timeoutMs,
    state: 'Empty',
    partitions: noPartitions,
    startMs: -1,
    lastUpdateMs: nowMs,
    clientVersion: TransactionVersion.classic,
  }
}

function step(from: TransactionMetadata, to: Partial<TransactionMetadata> & { state: TransactionState }) {
  const isLegal = transactionTransitions[from.state].includes(to.state)
  assert(isLegal, `Transaction ${from.transactionalId} cannot go from ${from.state} to ${to.state}`)
  return { ...from, ...to, previousProducerId: from.producerId }
}

/**
 * An instance of the producer begins, or begins anew under `expectedEpoch`, the one it has. `undefined`: it is fenced.
 * The epoch before it is accepted, too: the answer to a first request was lost.
 */
export function withNextEpoch(
  from: TransactionMetadata,
  timeoutMs: number,
  nowMs: number,
  expectedEpoch?: number,
): TransactionMetadata | undefined {
  const { producerEpoch, lastProducerEpoch } = from
  const begun = { state: 'Empty', timeoutMs, partitions: noPartitions, startMs: -1, lastUpdateMs: nowMs } as const
  if (expectedEpoch === undefined) {
    return step(from, { ...begun, producerEpoch: producerEpoch + 1, lastProducerEpoch: -1 })
  }
  if (producerEpoch < 0 || expectedEpoch === producerEpoch) {
    return step(from, { ...begun, producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch })
  }
  return expectedEpoch === lastProducerEpoch ? step(from, begun) : undefined
}

/** The same under a new producer id, when epochs are used up. */
export function withProducerId(
  from: TransactionMetadata,
  producerId: number,
  timeoutMs: number,
  nowMs: number,
  remembersEpoch: boolean,
): TransactionMetadata {
  return step(from, {
    state: 'Empty',
    producerId,
    producerEpoch: 0,
    lastProducerEpoch: remembersEpoch ? from.producerEpoch : -1,
    timeoutMs,
    partitions: noPartitions,
    startMs: -1,
    lastUpdateMs: nowMs,
  })
}

export function withPartitions(
  from: TransactionMetadata,
  added: TransactionPartitions,
  nowMs: number,
  clientVersion: number,
): TransactionMetadata {
  const partitions = new Map(from.partitions)
  for (const [topic, indexes] of added) {
    partitions.set(topic, new Set([...(partitions.get(topic) ?? []), ...indexes]))
  }
  const startMs = from.state === 'Ongoing' ? from.startMs : nowMs
  return step(from, { state: 'Ongoing', partitions, startMs, lastUpdateMs: nowMs, clientVersion })
}

export function hasPartitions(metadata: TransactionMetadata, wanted: TransactionPartitions): boolean {
  for (const [topic, indexes] of wanted) {
    const known = metadata.partitions.get(topic)
    for (const index of indexes) if (known?.has(index) !== true) return false
  }
  return true
}

/** The transaction is decided. In version 2 the epoch rises with it, and fences whatever is still on its way. */
export function prepared(
  from: TransactionMetadata,
  outcome: 'commit' | 'abort',
  nowMs: number,
  clientVersion: number,
  nextProducerId: number,
): TransactionMetadata {
  const raised = clientVersion >= TransactionVersion.epochPerTransaction
  const epochs = raised
    ? { producerEpoch: Math.min(from.producerEpoch + 1, producerEpochMax), lastProducerEpoch: from.producerEpoch }
    : {}
  return step(from, {
    state: outcome === 'commit' ? 'PrepareCommit' : 'PrepareAbort',
    ...epochs,
    nextProducerId,
    startMs: from.state === 'Ongoing' ? from.startMs : nowMs,
    lastUpdateMs: nowMs,
    clientVersion,
  })
}

/** All markers are written. */
export function completed(from: TransactionMetadata, nowMs: number): TransactionMetadata {
  const rotates = from.clientVersion >= TransactionVersion.epochPerTransaction && from.nextProducerId >= 0
  return step(from, {
    state: from.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
    ...(rotates && { producerId: from.nextProducerId, producerEpoch: 0 }),
    nextProducerId: -1,
    partitions: noPartitions,
    lastUpdateMs: nowMs,
  })
}
