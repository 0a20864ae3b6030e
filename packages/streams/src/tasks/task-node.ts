import type { Record } from '../processor/record.ts'

/** A node of a task's graph. Nodes call their children directly: no closure and no lookup per record. */
export interface TaskNode {
  readonly name: string
  readonly children: TaskNode[]
  process(record: Record<unknown, unknown>): void
}
