import type { Admin } from '@streamwright/client'
import { StreamwrightError } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'

const internalTopics = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state'])

/** What `--topic` selects: all topics without it, else those that the expression (or one of a list) matches whole. */
export async function selectTopics(admin: Admin, options: ParsedOptions): Promise<string[]> {
  const all = (await admin.listTopics()).map((topic) => topic.name)
  const wanted = options.value('topic')
  const pattern =
    wanted === undefined
      ? undefined
      : new RegExp(
          `^(?:${wanted
            .trim()
            .replaceAll(',', '|')
            .replaceAll(/^["']|["']$/g, '')})$`,
        )
  return all
    .filter((name) => pattern?.test(name) ?? true)
    .filter((name) => !(options.has('exclude-internal') && internalTopics.has(name)))
    .toSorted()
}

/** The same for actions that need a topic: none is an error unless `--if-exists` says otherwise. */
export async function selectExistingTopics(admin: Admin, options: ParsedOptions): Promise<string[]> {
  const topics = await selectTopics(admin, options)
  const wanted = options.value('topic')
  if (topics.length === 0 && wanted !== undefined && !options.has('if-exists')) {
    throw new StreamwrightError(`Topic '${wanted}' does not exist as expected`, { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  }
  return topics
}
