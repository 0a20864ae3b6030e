import type { Transitions } from '@streamwright/std'

/**
 * The life of a classic group.
 *
 * ```text
 *             first member joins          everybody has joined, or the time is up
 *   ┌───────┐ ───────────────► ┌────────────────────┐ ───────────────► ┌─────────────────────┐
 *   │ Empty │                  │ PreparingRebalance │                  │ CompletingRebalance │
 *   └───────┘ ◄─────────────── └────────────────────┘ ◄─────────────── └─────────────────────┘
 *     │   ▲    nobody is left         │   ▲      a member joins, leaves,      │  the leader has sent
 *     │   │                           │   │      is silent, does not sync     │  the assignment
 *     ▼   └── (loaded without members)│   │                                   ▼
 *   ┌──────┐                          │   │  a member joins, leaves,     ┌────────┐
 *   │ Dead │ ◄────────────────────────┘   └───────────────────────────── │ Stable │
 *   └──────┘    deleted, expired, unloaded    is silent, changes          └────────┘
 * ```
 */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead'

export const groupTransitions: Transitions<GroupState> = {
  Empty: ['PreparingRebalance', 'Dead'],
  PreparingRebalance: ['CompletingRebalance', 'Empty', 'Dead'],
  CompletingRebalance: ['Stable', 'PreparingRebalance', 'Dead'],
  Stable: ['PreparingRebalance', 'Dead'],
  Dead: [],
}
