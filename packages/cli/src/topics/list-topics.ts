import type { Admin } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { selectTopics } from './topic-selection.ts'

export async function listTopics(admin: Admin, options: ParsedOptions, print: (line: string) => void): Promise<void> {
  for (const topic of await selectTopics(admin, options)) print(topic)
}
