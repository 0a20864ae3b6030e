import type { Transitions } from '@streamwright/std'

export type StreamsState =
  | 'CREATED'
  | 'REBALANCING'
  | 'RUNNING'
  | 'PENDING_SHUTDOWN'
  | 'NOT_RUNNING'
  | 'PENDING_ERROR'
  | 'ERROR'

/**
 * ```text
 *              ┌─────────┐
 * CREATED ──▶ REBALANCING ◀──▶ RUNNING
 *    │             │              │
 *    └────▶ PENDING_SHUTDOWN ◀────┤       PENDING_SHUTDOWN ──▶ NOT_RUNNING
 *                                 └─────▶ PENDING_ERROR ──▶ ERROR ──▶ PENDING_SHUTDOWN
 * ```
 */
export const streamsTransitions: Transitions<StreamsState> = {
  CREATED: ['REBALANCING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  REBALANCING: ['RUNNING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  RUNNING: ['REBALANCING', 'PENDING_SHUTDOWN', 'PENDING_ERROR'],
  PENDING_SHUTDOWN: ['NOT_RUNNING', 'PENDING_ERROR'],
  NOT_RUNNING: [],
  PENDING_ERROR: ['ERROR'],
  ERROR: ['PENDING_SHUTDOWN'],
}
