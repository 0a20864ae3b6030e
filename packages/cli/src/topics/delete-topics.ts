import type { Admin } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { selectExistingTopics } from './topic-selection.ts'

export async function deleteTopics(admin: Admin, options: ParsedOptions): Promise<void> {
  const topics = await selectExistingTopics(admin, options)
  if (topics.length > 0) await admin.deleteTopics(topics)
}
