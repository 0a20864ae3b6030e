import type { Admin, TopicPartition } from '@streamwright/client'
import { UsageError } from '../command-line/usage-error.ts'

/** `topic:0,1` → its partitions. */
export function partitionsOfArgument(argument: string): TopicPartition[] {
  const parts = argument.split(':')
  const [topic = '', numbers = ''] = parts
  if (parts.length !== 2 || numbers === '')
    throw new UsageError(`Invalid topic arg '${argument}', expected topic name and partitions`)
  return numbers.split(',').map((partition) => {
    if (!/^[-+]?\d+$/.test(partition))
      throw new UsageError(`Invalid partition '${partition}' specified in topic arg '${argument}''`)
    return { topic, partition: Number(partition) }
  })
}

/** The partitions that `--topic` names, all of a topic where it names none. */
export async function partitionsOfArguments(
  admin: Admin,
  topics: readonly string[],
  options: { readonly timeoutMs: number },
): Promise<TopicPartition[]> {
  const chosen = topics.filter((topic) => topic.includes(':')).flatMap(partitionsOfArgument)
  const whole = [...new Set(topics.filter((topic) => !topic.includes(':')))]
  if (whole.length === 0) return chosen
  const described = await admin.describeTopics(whole, options)
  return [
    ...chosen,
    ...[...described.values()].flatMap(({ name, partitions }) =>
      partitions.map(({ partition }) => ({ topic: name, partition })),
    ),
  ]
}
