import type { Transitions } from '@streamwright/std'

/**
 * The life of a transactional id.
 *
 * ```text
 *                  partitions are added                       EndTxn(commit)
 *   ┌───────┐ ──────────────────────────► ┌─────────┐ ─────────────────────► ┌───────────────┐
 *   │ Empty │                             │ Ongoing │                        │ PrepareCommit │
 *   └───────┘        ┌──────────────────► └─────────┘ ──┐                    └───────────────┘
 *     ▲ │ │          │ partitions are added             │ EndTxn(abort), time-out,   │ all markers
 *     │ │ │          │                                  ▼ another instance begins    ▼ are written
 *     │ │ │   ┌──────────────────────────────┐   ┌──────────────┐            ┌────────────────┐
 *     │ │ │   │ CompleteCommit CompleteAbort │ ◄─┤ PrepareAbort │            │ CompleteCommit │
 *     │ │ │   └──────────────────────────────┘   └──────────────┘            └────────────────┘
 *     │ │ │      │           │        │             ▲        ▲
 *     │ │ └──────┼───────────┼────────┼─────────────┘        │ EndTxn(abort) of an empty transaction,
 *     └─┼────────┘           └────────┼──────────────────────┘ version 2: it only raises the epoch
 *       │  InitProducerId             │
 *       └───────────► Dead ◄──────────┘ not used for transactional.id.expiration.ms
 * ```
 *
 * Kafka has one more, PrepareEpochFence, while it waits for its log; here the step from Ongoing is made at once.
 */
export type TransactionState =
  | 'Empty'
  | 'Ongoing'
  | 'PrepareCommit'
  | 'PrepareAbort'
  | 'CompleteCommit'
  | 'CompleteAbort'
  | 'Dead'

export const transactionTransitions: Transitions<TransactionState> = {
  Empty: ['Empty', 'Ongoing', 'PrepareAbort', 'Dead'],
  Ongoing: ['Ongoing', 'PrepareCommit', 'PrepareAbort'],
  PrepareCommit: ['CompleteCommit'],
  PrepareAbort: ['CompleteAbort'],
  CompleteCommit: ['Empty', 'Ongoing', 'PrepareAbort', 'Dead'],
  CompleteAbort: ['Empty', 'Ongoing', 'PrepareAbort', 'Dead'],
  Dead: [],
}

/** What clients may ask for by name; Kafka's spelling of the two below is the same. */
export const listedStates: readonly string[] = [...Object.keys(transactionTransitions), 'PrepareEpochFence']

/** As in `__transaction_state`. */
export const transactionStateIds: Readonly<Record<TransactionState, number>> = {
  Empty: 0,
  Ongoing: 1,
  PrepareCommit: 2,
  PrepareAbort: 3,
  CompleteCommit: 4,
  CompleteAbort: 5,
  Dead: 6,
}

/** `undefined`: no state that is ever written. */
export function transactionStateOf(id: number): TransactionState | undefined {
  for (const [state, each] of Object.entries(transactionStateIds)) if (each === id) return state as TransactionState
  return undefined
}
