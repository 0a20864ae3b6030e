import type { Admin } from '@streamwright/client'
import { StreamwrightError } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { parseReplicaAssignment } from './replica-assignment.ts'
import { selectExistingTopics } from './topic-selection.ts'

/** More partitions for each topic selected. */
export async function alterTopics(admin: Admin, options: ParsedOptions): Promise<void> {
  const topics = await selectExistingTopics(admin, options)
  if (topics.length === 0) return
  const count = options.integer('partitions') ?? 0
  if (count < 1) throw new StreamwrightError('The partitions must be greater than 0', { code: 'INVALID_ARGUMENT' })
  const assignment = options.value('replica-assignment')
  const described = await admin.describeTopics(topics)
  for (const topic of topics) {
    const existing = described.get(topic)?.partitions.length ?? 0
    // The list names the brokers of all partitions, of which only those that are new count.
    const added = assignment === undefined ? undefined : parseReplicaAssignment(assignment).slice(existing)
    await admin.createPartitions({ [topic]: added === undefined ? { count } : { count, assignments: added } })
  }
}
