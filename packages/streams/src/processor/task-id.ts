/** A task: one sub-topology over one partition number of its sources. Text form `<subtopology>_<partition>`. */
export interface TaskId {
  readonly subtopology: number
  readonly partition: number
}

export function taskIdText(id: TaskId): string {
  return `${id.subtopology}_${id.partition}`
}
