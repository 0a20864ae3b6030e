import type { Admin, TopicPartition } from '@streamwright/client'
import { AdminError, UnsupportedVersionError, inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { ErrorCode, KafkaError, javaStringHash } from '@streamwright/protocol'
import { columns } from '../command-line/columns.ts'
import { wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import type { ResetTarget } from '../consumer-groups/reset-offsets.ts'
import { csvOf } from '../consumer-groups/reset-offsets.ts'
import { targetsOf } from '../consumer-groups/reset-targets.ts'
import { partitionsOfArguments } from '../consumer-groups/topic-argument.ts'
import { CommandFailure, called } from './command-failure.ts'
import { describedGroup } from './describe-groups.ts'
import { committedIn, inputTopics } from './input-offsets.ts'
import { internalTopicsOf } from './internal-topics.ts'
import { selectedStreamsGroups } from './list-groups.ts'

/** Kafka's tool has columns of these widths, whatever stands in them. */
const widths = [30, 30, 10, 15]

/** Moves groups without members in their input topics, deletes internal topics where that is wanted, shows where to. */
export async function resetInputOffsets(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const groups = [...new Set(await selectedStreamsGroups(admin, options))]
  const planned = new Map<string, readonly ResetTarget[]>()
  for (const group of inJavaHashOrder(groups, javaStringHash)) {
    const state = await stateOf(admin, group, options)
    if (state === 'Empty' || state === 'Dead' || state === undefined) {
      planned.set(group, await resetGroup(admin, group, options, terminal))
      if (state !== undefined && options.has('execute')) await deleteInternalTopics(admin, group, options, terminal)
    } else {
      terminal.out(
        `\nError: Assignments can only be reset if the group '${group}' is inactive, but the current state is ${state}.\n`,
      )
      planned.set(group, [])
    }
  }
  if (wantsJson(options)) terminal.out(`${JSON.stringify(Object.fromEntries(planned), null, 2)}\n`)
  else if (options.has('export')) terminal.out(`${csvOf(planned, options.values('group').length === 1)}\n`)
  else terminal.out(tableOf(planned))
}

/** Undefined for a group that does not exist. */
async function stateOf(admin: Admin, group: string, options: ParsedOptions): Promise<string | undefined> {
  try {
    return (await describedGroup(admin, group, options, 'wrapped')).state
  } catch (error) {
    const cause = error instanceof CommandFailure ? error.cause : error
    if (cause instanceof KafkaError && cause.errorCode === ErrorCode.GROUP_ID_NOT_FOUND) return undefined
    throw error
  }
}

async function resetGroup(
  admin: Admin,
  group: string,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<readonly ResetTarget[]> {
  const partitions = await partitionsToReset(admin, group, options, terminal)
  const targets = await targetsOf(admin, group, partitions, options, terminal)
  if (options.has('execute') && targets.length > 0) {
    const altered = admin.alterGroupOffsets(group, targets, timeoutOf(options))
    await called('alterConsumerGroupOffsets(api=FIND_COORDINATOR)', 'bare', altered)
  }
  return inJavaHashOrder(targets, topicPartitionHash)
}

async function partitionsToReset(
  admin: Admin,
  group: string,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<readonly TopicPartition[]> {
  if (options.has('all-input-topics')) {
    const topics = inputTopics(await describedGroup(admin, group, options, 'wrapped'))
    return [...(await committedIn(admin, group, topics, timeoutOf(options))).values()]
  }
  if (options.has('input-topic')) {
    const named = partitionsOfArguments(admin, options.values('input-topic'), timeoutOf(options))
    const partitions = await called('describeTopics', 'bare', named)
    const topics = new Set(partitions.map(({ topic }) => topic))
    const committed = await committedIn(admin, group, topics, timeoutOf(options))
    if (partitions.every(({ topic, partition }) => committed.has(`${topic}-${partition}`))) return partitions
    terminal.out(`\nError: One or more topics are not part of the group '${group}'.\n`)
    return []
  }
  if (options.has('from-file')) return []
  throw new UsageError('One of the reset scopes should be defined: --all-topics, --topic.')
}

async function deleteInternalTopics(
  admin: Admin,
  group: string,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const topics = options.has('delete-all-internal-topics')
    ? ((await internalTopicsOf(admin, [group], options, terminal)).get(group) ?? [])
    : options.values('delete-internal-topic')
  if (topics.length === 0) return
  try {
    await admin.deleteTopics(topics, timeoutOf(options))
  } catch (error) {
    terminal.out(`\nError: ${deletionFailure(group, topics, error)}\n`)
  }
}

function deletionFailure(group: string, topics: readonly string[], error: unknown): string {
  const [first] = error instanceof AdminError ? error.errors.values() : [error]
  if (first instanceof KafkaError && first.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    return `Deleting internal topics for group '${group}' failed because the topics do not exist.`
  if (first instanceof UnsupportedVersionError)
    return `Deleting internal topics is not supported by the broker version.\nInternal topics: (${topics.join(',')}).\nUse 'kafka-topics.sh' to delete the group's internal topics.`
  const { message } = new CommandFailure(error, 'deleteTopics', 'future')
  return `Deleting internal topics for group '${group}' failed due to ${message}`
}

function tableOf(planned: ReadonlyMap<string, readonly ResetTarget[]>): string {
  if (planned.size === 0) return '\n'
  const lines = [
    ['GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET'],
    ...[...planned].flatMap(([group, targets]) =>
      targets.map(({ topic, partition, offset }) => [group, topic, partition, offset]),
    ),
  ]
  return `${lines.map((values) => `\n${columns(widths, values)}`).join('')}\n`
}
