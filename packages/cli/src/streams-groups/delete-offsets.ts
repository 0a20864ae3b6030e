import type { Admin } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { deleteOffsetsOfPartitions, deleteOffsetsOfTopics } from '../consumer-groups/delete-offsets.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import { describedGroup } from './describe-groups.ts'
import { committedIn, inputTopics } from './input-offsets.ts'

/** Makes a group forget where it is in input topics, and tells how it went for each partition. */
export async function deleteInputOffsets(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const group = options.value('group') ?? ''
  if (!options.has('all-input-topics'))
    return deleteOffsetsOfTopics(admin, group, options.values('input-topic'), options, terminal)
  const topics = inputTopics(await describedGroup(admin, group, options, 'wrapped'))
  const committed = await committedIn(admin, group, topics, timeoutOf(options))
  return deleteOffsetsOfPartitions(admin, group, [...committed.values()], options, terminal)
}
