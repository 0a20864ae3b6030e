import type { Record } from '../processor/record.ts'
import type { TaskNode } from './task-node.ts'

/** Where records enter a task. Decoding is its queue's work. */
export class SourceTaskNode implements TaskNode {
  readonly name: string
  readonly children: TaskNode[] = []

  constructor(name: string) {
    this.name = name
  }

  process(record: Record<unknown, unknown>): void {
    for (let index = 0; index < this.children.length; index++) (this.children[index] as TaskNode).process(record)
  }
}
