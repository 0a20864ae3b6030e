import type { Transitions } from '@streamwright/std'

export type TaskState = 'created' | 'restoring' | 'running' | 'suspended' | 'closed'

/**
 * ```text
 * created ──▶ restoring ──▶ running ──▶ suspended ──▶ closed
 *    │            │                      ▲     │
 *    └────────────┴──────────────────────┘     └──▶ restoring (the same task comes back)
 * ```
 */
export const taskTransitions: Transitions<TaskState> = {
  created: ['restoring', 'suspended'],
  restoring: ['running', 'suspended'],
  running: ['suspended'],
  suspended: ['restoring', 'closed'],
  closed: [],
}
