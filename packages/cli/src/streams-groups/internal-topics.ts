import type { Admin, StreamsGroupDescription } from '@streamwright/client'
import { UnsupportedVersionError } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import { isInternalTopicOf } from '../reset/internal-topics.ts'
import { CommandFailure } from './command-failure.ts'

/** The internal topics of groups that have any, as their topologies name them. What cannot be asked is said. */
export async function internalTopicsOf(
  admin: Admin,
  groupIds: readonly string[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  try {
    for (const group of (await admin.describeStreamsGroups(groupIds, timeoutOf(options))).values()) {
      const topics = ownTopics(group, terminal)
      if (topics.length > 0) found.set(group.groupId, topics)
    }
  } catch (error) {
    const failure = new CommandFailure(error, 'describeStreamsGroups(api=FIND_COORDINATOR)', 'future')
    terminal.out(
      error instanceof UnsupportedVersionError
        ? await unsupportedText(admin, groupIds, options)
        : `\nError: Retrieving internal topics failed due to ${failure.message}\n`,
    )
    terminal.error(`${failure.text}\n`)
  }
  return found
}

function ownTopics({ groupId, subtopologies }: StreamsGroupDescription, terminal: Terminal): string[] {
  const inputs = new Set(subtopologies.flatMap(({ sourceTopics }) => sourceTopics))
  const named = subtopologies.flatMap(({ repartitionSourceTopics, stateChangelogTopics }) =>
    [...repartitionSourceTopics, ...stateChangelogTopics].map(({ name }) => name),
  )
  return named.filter((topic) => {
    if (inputs.has(topic)) return false
    if (isInternalTopicOf(groupId, topic)) return true
    terminal.out(
      `\nError: The internal topic '${topic}' is not inferred as internal and thus will not be deleted with the group '${groupId}'.\n`,
    )
    return false
  })
}

async function unsupportedText(admin: Admin, groupIds: readonly string[], options: ParsedOptions): Promise<string> {
  const sentence = 'Retrieving internal topics is not supported by the broker version.'
  try {
    const topics = (await admin.listTopics(timeoutOf(options)))
      .map(({ name }) => name)
      .filter((name) => groupIds.some((groupId) => isInternalTopicOf(groupId, name)))
    return `\nError: ${sentence}\nInternal topics: (${topics.join(',')}).\nUse 'kafka-topics.sh' to delete the group's internal topics.\n`
  } catch {
    return `\nError: ${sentence} Use 'kafka-topics.sh' to list and delete the group's internal topics.\n`
  }
}
