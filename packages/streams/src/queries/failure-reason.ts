/**
 * Why a store did not answer. Java: `FailureReason`.
 *
 * - `UNKNOWN_QUERY_TYPE`: this kind of store cannot answer this kind of query.
 * - `NOT_ACTIVE`: an active, running task was asked for, and this one is not.
 * - `NOT_UP_TO_BOUND`: the store has not come as far as the position bound says. Ask again later.
 * - `NOT_PRESENT`: the partition is not here now; another instance may have it.
 * - `DOES_NOT_EXIST`: the store has no such partition.
 * - `STORE_EXCEPTION`: the store failed; the message has the error.
 */
export type FailureReason =
  | 'UNKNOWN_QUERY_TYPE'
  | 'NOT_ACTIVE'
  | 'NOT_UP_TO_BOUND'
  | 'NOT_PRESENT'
  | 'DOES_NOT_EXIST'
  | 'STORE_EXCEPTION'
