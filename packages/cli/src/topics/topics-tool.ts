import { Admin, AdminError, OperationTimeoutError } from '@streamwright/client'
import { clientProperties } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { asError } from '@streamwright/std'
import { alterTopics } from './alter-topics.ts'
import { createTopic } from './create-topic.ts'
import { deleteTopics } from './delete-topics.ts'
import { describeTopics } from './describe-topics.ts'
import { listTopics } from './list-topics.ts'

const actions = ['create', 'list', 'alter', 'describe', 'delete'] as const

/** What each asks the cluster first, by the name that Java's client has for it. */
const calls = {
  create: 'createTopics',
  list: 'listTopics',
  alter: 'listTopics',
  describe: 'listTopics',
  delete: 'listTopics',
} as const

/** `kafka-topics`: creates, lists, describes, alters and deletes topics. */
export const topicsTool: Tool = {
  name: 'kafka-topics',
  about: 'Create, delete, describe, or change a topic.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    list: { about: 'List all topics.', argument: 'none' },
    create: { about: 'Create a topic.', argument: 'none' },
    delete: { about: 'Delete a topic.', argument: 'none' },
    alter: { about: 'Give a topic more partitions.', argument: 'none' },
    describe: { about: 'Show the details of topics.', argument: 'none' },
    topic: { about: 'The topic; but for --create a regular expression too.', argumentName: 'topic' },
    'topic-id': { about: 'The id of the topic, for --describe.', argumentName: 'id' },
    config: { about: 'A topic setting of a topic that is created.', argumentName: 'name=value', repeatable: true },
    'delete-config': { about: 'No longer supported: see kafka-configs.', argumentName: 'name', repeatable: true },
    partitions: { about: 'Number of partitions.', argumentName: 'number' },
    'replication-factor': { about: 'Number of copies of each partition.', argumentName: 'number' },
    'replica-assignment': {
      about: 'The brokers of each partition: broker:broker,broker:broker,…',
      argumentName: 'list',
    },
    'under-replicated-partitions': { about: 'Describe only partitions that lack replicas in sync.', argument: 'none' },
    'unavailable-partitions': { about: 'Describe only partitions without a leader.', argument: 'none' },
    'under-min-isr-partitions': {
      about: 'Describe only partitions below their minimum of replicas in sync.',
      argument: 'none',
    },
    'at-min-isr-partitions': { about: 'Describe only partitions at that minimum.', argument: 'none' },
    'topics-with-overrides': { about: 'Describe only topics that have settings of their own.', argument: 'none' },
    'if-exists': { about: 'Do nothing when the topic does not exist.', argument: 'none' },
    'if-not-exists': { about: 'Do nothing when the topic exists.', argument: 'none' },
    'exclude-internal': { about: 'Leave out internal topics.', argument: 'none' },
    'partition-size-limit-per-response': {
      about: 'Partitions that one answer of the broker may hold.',
      argumentName: 'number',
    },
  },
  async run(options, terminal) {
    const action = checkedAction(options, terminal)
    const admin = openAdmin(options, terminal)
    try {
      const print = (line: string): void => terminal.out(`${line}\n`)
      switch (action) {
        case 'create':
          await createTopic(admin, options, print)
          break
        case 'list':
          await listTopics(admin, options, print)
          break
        case 'describe':
          await describeTopics(admin, options, print)
          break
        case 'alter':
          await alterTopics(admin, options)
          break
        case 'delete':
          await deleteTopics(admin, options)
          break
      }
      return 0
    } catch (error) {
      if (error instanceof UsageError) throw error
      const timedOut = error instanceof OperationTimeoutError
      const said = timedOut ? `Timed out waiting for a node assignment. Call: ${calls[action]}` : plainMessage(error)
      terminal.out(`Error while executing topic command : ${said}\n`)
      if (timedOut) terminal.error(`${error.message}\n`)
      return 1
    } finally {
      await admin.close()
    }
  },
}

function openAdmin(options: ParsedOptions, terminal: Terminal): Admin {
  const settings = clientProperties(options.values('command-config'), [])
  const bootstrapServers = options.required('bootstrap-server')
  try {
    return new Admin({ ...settings, bootstrapServers }, terminal.environment)
  } catch (error) {
    throw new ArgumentError(`Failed to create new KafkaAdminClient\n${asError(error).message}`)
  }
}

/** What the broker said of the one thing that failed, without our words around it. */
function plainMessage(error: unknown): string {
  const [first] = error instanceof AdminError ? error.errors.values() : []
  return asError(first ?? error).message
}

function checkedAction(options: ParsedOptions, terminal: Terminal): (typeof actions)[number] {
  const given = actions.filter((action) => options.has(action))
  const action = given[0]
  if (action === undefined || given.length > 1) {
    throw new UsageError('Command must include exactly one action: --list, --describe, --create, --alter or --delete')
  }
  if (!options.has('bootstrap-server')) throw new ArgumentError('--bootstrap-server must be specified')
  if (options.has('delete-config')) {
    terminal.error(
      'delete-config option is no longer supported and deprecated since version 4.0. The config will be fully removed in future releases.\n',
    )
  }
  const filters = [
    'under-replicated-partitions',
    'unavailable-partitions',
    'under-min-isr-partitions',
    'at-min-isr-partitions',
  ]
  if (action !== 'describe') {
    for (const filter of [...filters, 'topics-with-overrides'])
      options.exclude(
        filter,
        actions.filter((each) => each !== 'describe'),
      )
  }
  for (const filter of filters) options.exclude(filter, ['topics-with-overrides'])
  if (action === 'create') {
    options.required('topic')
    options.exclude('replica-assignment', ['partitions', 'replication-factor'])
  }
  if (action === 'alter') {
    if (options.has('config')) {
      throw new UsageError(
        `Option combination "[[bootstrap-server], [config]]" can't be used with option "[alter]" (To alter topic configurations, the kafka-configs tool can be used.)`,
      )
    }
    options.exclude('replication-factor', ['alter'])
    options.required('topic')
    options.required('partitions')
  }
  if (action === 'delete') options.required('topic')
  return action
}
