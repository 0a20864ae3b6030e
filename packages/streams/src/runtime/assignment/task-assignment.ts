import { assert } from '@streamwright/std'
import type { TaskId } from '../../processor/task-id.ts'
import { taskIdText } from '../../processor/task-id.ts'

/** What the leader knows of one member: capacity is its number of stream threads. */
export interface AssignableMember {
  readonly id: string
  readonly previousTasks: readonly TaskId[]
}

/**
 * Divides tasks evenly among members; a task stays where it was as long as that keeps the balance, so that its state
 * need not be restored elsewhere. Members and tasks in, tasks per member out; the same input gives the same output.
 */
export function assignTasks(tasks: readonly TaskId[], members: readonly AssignableMember[]): Map<string, TaskId[]> {
  assert(members.length > 0, 'A group that rebalances has a member')
  const sorted = members.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  const assigned = new Map<string, TaskId[]>(sorted.map((member) => [member.id, []]))
  const open = new Map(tasks.map((task) => [taskIdText(task), task]))
  const fair = Math.floor(tasks.length / sorted.length)
  let extra = tasks.length % sorted.length

  for (const member of sorted) {
    const own = assigned.get(member.id) ?? []
    for (const task of member.previousTasks.toSorted(compareTasks)) {
      const text = taskIdText(task)
      if (!open.has(text)) continue
      if (own.length >= fair) {
        if (own.length > fair || extra === 0) break
        extra -= 1
      }
      own.push(task)
      open.delete(text)
    }
  }
  for (const task of [...open.values()].toSorted(compareTasks)) leastLoaded(sorted, assigned).push(task)
  return assigned
}

function leastLoaded(members: readonly AssignableMember[], assigned: ReadonlyMap<string, TaskId[]>): TaskId[] {
  let least: TaskId[] | undefined
  for (const member of members) {
    const own = assigned.get(member.id)
    if (own !== undefined && (least === undefined || own.length < least.length)) least = own
  }
  assert(least !== undefined, 'Every member has a list')
  return least
}

export function compareTasks(left: TaskId, right: TaskId): number {
  return left.subtopology - right.subtopology || left.partition - right.partition
}
