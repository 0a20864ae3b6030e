import type { Admin } from '@streamwright/client'
import { KafkaError } from '@streamwright/protocol'
import { StreamwrightError } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { parseReplicaAssignment } from './replica-assignment.ts'

const collisionWarning =
  "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both."

export async function createTopic(admin: Admin, options: ParsedOptions, print: (line: string) => void): Promise<void> {
  const name = options.required('topic')
  const partitions = positive(options, 'partitions')
  const replicationFactor = positive(options, 'replication-factor')
  const config = Object.fromEntries(options.values('config').map(parseConfig))
  if (/[._]/.test(name)) print(collisionWarning)
  const assignment = options.value('replica-assignment')
  try {
    await admin.createTopics([
      {
        name,
        ...(assignment === undefined
          ? { partitions: partitions ?? -1, replicationFactor: replicationFactor ?? -1 }
          : { assignments: parseReplicaAssignment(assignment) }),
        config,
      },
    ])
  } catch (error) {
    const exists = error instanceof KafkaError && error.code === 'TOPIC_ALREADY_EXISTS'
    if (!exists) throw error
    if (options.has('if-not-exists')) return
    throw error
  }
  print(`Created topic ${name}.`)
}

function positive(options: ParsedOptions, name: string): number | undefined {
  const value = options.integer(name)
  if (value !== undefined && value < 1) {
    throw new StreamwrightError(`The ${name.replace('-', ' ')} must be greater than 0`, { code: 'INVALID_ARGUMENT' })
  }
  return value
}

function parseConfig(text: string): [string, string] {
  const equals = text.indexOf('=')
  if (equals < 0) {
    throw new StreamwrightError(
      'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
      { code: 'INVALID_CONFIG' },
    )
  }
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]
}
