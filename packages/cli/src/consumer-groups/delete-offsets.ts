import { AdminError } from '@streamwright/client'
import type { Admin, TopicPartition } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { asError } from '@streamwright/std'
import { columns, widthOf } from '../command-line/columns.ts'
import { javaError } from '../command-line/java-error.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { timeoutOf } from './group-selection.ts'
import { partitionsOfArgument } from './topic-argument.ts'

interface Outcome extends TopicPartition {
  /** Null where the offset is gone. */
  readonly error: string | null
}

/** What concerns the group as a whole. */
const groupErrors: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_GROUP_ID,
  ErrorCode.GROUP_ID_NOT_FOUND,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.NON_EMPTY_GROUP,
])
const partitionErrors: ReadonlySet<number> = new Set([
  ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
])

/** Makes a group forget where it is in topics or partitions, and tells how it went for each. */
export async function deleteOffsets(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  await deleteOffsetsOfTopics(admin, options.value('group') ?? '', options.values('topic'), options, terminal)
}

/** The same for a group and topics, or partitions of topics (`topic:0,1`). A topic that is not there is told of. */
export async function deleteOffsetsOfTopics(
  admin: Admin,
  group: string,
  topics: readonly string[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const missing: Outcome[] = []
  const partitions: TopicPartition[] = []
  for (const argument of new Set(topics)) partitions.push(...(await partitionsOf(admin, argument, options, missing)))
  await deleteOffsetsOfPartitions(admin, group, partitions, options, terminal, missing)
}

/** The same for partitions; `outcomes` are told beside theirs. */
export async function deleteOffsetsOfPartitions(
  admin: Admin,
  group: string,
  places: readonly TopicPartition[],
  options: ParsedOptions,
  terminal: Terminal,
  outcomes: Outcome[] = [],
): Promise<void> {
  const partitions = new Map(places.map((place) => [`${place.topic}-${place.partition}`, place]))
  let failure: KafkaError | undefined
  let errors: ReadonlyMap<string, KafkaError> = new Map()
  try {
    if (partitions.size > 0) await admin.deleteGroupOffsets(group, [...partitions.values()], timeoutOf(options))
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    errors = error instanceof AdminError ? error.errors : new Map([...partitions.keys()].map((key) => [key, error]))
    failure = errors.values().next().value
  }
  for (const [key, { topic, partition }] of partitions) {
    const error = errors.get(key)
    outcomes.push({ topic, partition, error: error === undefined ? null : javaError(error).text })
  }
  outcomes.sort((left, right) => (left.topic + left.partition < right.topic + right.partition ? -1 : 1))
  show(options, terminal, outcomes, () => {
    terminal.out(heading(group, failure))
    print(outcomes, terminal)
  })
}

async function partitionsOf(
  admin: Admin,
  argument: string,
  options: ParsedOptions,
  outcomes: Outcome[],
): Promise<TopicPartition[]> {
  if (argument.includes(':')) return partitionsOfArgument(argument)
  try {
    const described = await admin.describeTopics([argument], timeoutOf(options))
    const partitions = described.get(argument)?.partitions ?? []
    return partitions.map(({ partition }) => ({ topic: argument, partition }))
  } catch (error) {
    outcomes.push({ topic: argument, partition: -1, error: javaError(asError(error), 'describeTopics').text })
    return []
  }
}

function heading(group: string, failure: KafkaError | undefined): string {
  if (failure === undefined) return `Request succeeded for deleting offsets from group ${group}.\n`
  if (groupErrors.has(failure.errorCode)) return `\nError: ${javaError(failure).message}\n`
  if (partitionErrors.has(failure.errorCode))
    return '\nError: Encountered some partition-level error, see the follow-up details.\n'
  return `\nError: Encountered some unknown error: ${failure.code}\n`
}

function print(outcomes: readonly Outcome[], terminal: Terminal): void {
  const topicWidth = widthOf(
    outcomes.map(({ topic }) => topic),
    15,
  )
  const line = (topic: string, partition: string | number, status: string): void =>
    terminal.out(`\n${columns([topicWidth, 10, 15], [topic, partition, status])}`)
  line('TOPIC', 'PARTITION', 'STATUS')
  for (const { topic, partition, error } of outcomes)
    line(topic, partition < 0 ? '-' : partition, error === null ? 'Successful' : `Error: ${error}`)
  terminal.out('\n')
}
