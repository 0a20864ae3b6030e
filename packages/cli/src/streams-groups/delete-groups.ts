import { AdminError } from '@streamwright/client'
import type { Admin } from '@streamwright/client'
import { inJavaHashOrder } from '@streamwright/client'
import { javaStringHash } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import { internalTopicsOf } from './internal-topics.ts'
import { selectedStreamsGroups, streamsGroups } from './list-groups.ts'

/** Deletes groups without members, and their internal topics where that is wanted. */
export async function deleteStreamsGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const groups = [...new Set(await selectedStreamsGroups(admin, options))]
  const failed = await refusals(admin, groups, options)
  const open = groups.filter((group) => !failed.has(group))
  const topics =
    open.length > 0 && options.has('delete-all-internal-topics')
      ? await internalTopicsOf(admin, open, options, terminal)
      : new Map<string, readonly string[]>()
  const deleted: string[] = []
  for (const group of open) {
    try {
      await admin.deleteGroups([group], timeoutOf(options))
      deleted.push(group)
    } catch (error) {
      failed.set(group, javaError(error, 'deleteConsumerGroups(api=FIND_COORDINATOR)').text)
    }
  }
  const failedTopics = await deleteTopics(admin, deleted, topics, options, terminal)
  const content = {
    deleted,
    failed: Object.fromEntries(failed),
    internalTopicsFailed: Object.fromEntries(failedTopics),
  }
  show(options, terminal, content, () => {
    tellGroups(deleted, failed, terminal)
    if (topics.size > 0 && deleted.length > 0) tellTopics(deleted, topics, failedTopics, terminal)
  })
}

/** Why groups cannot be deleted, as far as a list of groups tells. */
async function refusals(admin: Admin, groups: readonly string[], options: ParsedOptions): Promise<Map<string, string>> {
  const listed = new Map((await streamsGroups(admin, options)).map(({ groupId, state }) => [groupId, state]))
  const failed = new Map<string, string>()
  for (const group of groups) {
    const state = listed.get(group)
    if (state === undefined) {
      const message = `Group '${group}' does not exist or is not a streams group.`
      failed.set(group, `java.lang.IllegalArgumentException: ${message}`)
    } else if (state === 'Dead') {
      failed.set(group, `java.lang.IllegalStateException: Streams group '${group}' group state is DEAD.`)
    } else if (state !== '' && state !== 'Empty') {
      const message = `Streams group '${group}' is not EMPTY.`
      failed.set(group, `org.apache.kafka.common.errors.GroupNotEmptyException: ${message}`)
    }
  }
  return failed
}

/** Resolves with why, for each group whose topics could not all be deleted. */
async function deleteTopics(
  admin: Admin,
  groups: readonly string[],
  topics: ReadonlyMap<string, readonly string[]>,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>()
  for (const group of groups) {
    const own = topics.get(group) ?? []
    try {
      if (own.length > 0) await admin.deleteTopics(own, timeoutOf(options))
    } catch (error) {
      const names = error instanceof AdminError ? error.errors.keys() : own
      for (const name of names) terminal.out(`Failed to delete internal topic: ${name}\n`)
      failed.set(group, javaError(error, 'deleteTopics').text)
    }
  }
  return failed
}

function tellGroups(deleted: readonly string[], failed: ReadonlyMap<string, string>, terminal: Terminal): void {
  const names = quoted(inJavaHashOrder(deleted, javaStringHash))
  if (failed.size === 0) {
    terminal.out(`Deletion of requested streams groups (${names}) was successful.\n`)
    return
  }
  terminal.out('\nError: Deletion of some streams groups failed:\n')
  for (const group of inJavaHashOrder([...failed.keys()], javaStringHash))
    terminal.out(`* Group '${group}' could not be deleted due to: ${failed.get(group) ?? ''}\n`)
  if (deleted.length > 0) terminal.out(`\nThese streams groups were deleted successfully: ${names}.\n`)
}

function tellTopics(
  deleted: readonly string[],
  topics: ReadonlyMap<string, readonly string[]>,
  failed: ReadonlyMap<string, string>,
  terminal: Terminal,
): void {
  if (failed.size === 0) {
    const names = quoted(deleted.filter((group) => topics.has(group)))
    terminal.out(`Deletion of associated internal topics of the streams groups (${names}) was successful.\n`)
    return
  }
  terminal.out('Deletion of some associated internal topics failed:\n')
  for (const [group, text] of failed)
    terminal.out(`* Internal topics of the streams group '${group}' could not be deleted due to: ${text}\n`)
}

function quoted(names: readonly string[]): string {
  return `'${names.join("', '")}'`
}
