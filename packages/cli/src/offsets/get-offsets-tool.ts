import type { Admin, OffsetQuery, TopicPartition } from '@streamwright/client'
import { AdminError } from '@streamwright/client'
import type { KafkaError } from '@streamwright/protocol'
import { isInternalTopic } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import type { PartitionFilter } from './partition-filter.ts'
import { filterOfPatterns, filterOfTopic } from './partition-filter.ts'

type Place = OffsetQuery['timestamp']

const places: Readonly<Record<string, Place>> = {
  latest: 'latest',
  earliest: 'earliest',
  'max-timestamp': 'maxTimestamp',
  'earliest-local': 'earliestLocal',
  'latest-tiered': 'latestTiered',
  'earliest-pending-upload': 'earliestPendingUpload',
  '-1': 'latest',
  '-2': 'earliest',
  '-3': 'maxTimestamp',
  '-4': 'earliestLocal',
  '-5': 'latestTiered',
  '-6': 'earliestPendingUpload',
}

/** What Java's client calls its first question. */
const firstCall = 'listTopics'

/** `kafka-get-offsets`: offsets of partitions by time or place. */
export const getOffsetsTool: Tool = {
  name: 'kafka-get-offsets',
  about: 'An interactive shell for getting topic-partition offsets.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    topic: { about: 'A regular expression for topics. Default: all.', argumentName: 'topic' },
    partitions: { about: 'Partitions, separated by commas. Default: all.', argumentName: 'numbers' },
    'topic-partitions': {
      about:
        'Patterns, separated by commas: a regular expression for topics, and behind a colon a partition (3), or some (1-3 without the 3, 2-, -3).',
      argumentName: 'patterns',
    },
    time: {
      about:
        'Milliseconds since 1970, or latest (-1, the default), earliest (-2), max-timestamp (-3), earliest-local (-4), latest-tiered (-5), earliest-pending-upload (-6).',
      argumentName: 'time',
    },
    'exclude-internal-topics': { about: 'Leave out internal topics.', argument: 'none' },
    ...outputOption,
  },
  async run(options, terminal) {
    options.required('bootstrap-server')
    try {
      await getOffsets(options, terminal)
      return 0
    } catch (error) {
      if (error instanceof UsageError) throw error
      const said = javaError(error, firstCall)
      throw new ArgumentError(`Error occurred: ${said.text}`)
    }
  },
}

async function getOffsets(options: ParsedOptions, terminal: Terminal): Promise<void> {
  if (options.has('topic-partitions') && (options.has('topic') || options.has('partitions')))
    throw new ArgumentError('--topic-partitions cannot be used with --topic or --partitions')
  const timestamp = placeOf(options.value('time') ?? 'latest')
  const patterns = options.value('topic-partitions')
  const filter =
    patterns === undefined
      ? filterOfTopic(options.value('topic'), options.value('partitions'))
      : filterOfPatterns(patterns)
  await withAdmin(options, terminal, async (admin) => {
    const partitions = await selectPartitions(admin, filter, options.has('exclude-internal-topics'))
    if (partitions.length === 0)
      throw new ArgumentError('Could not match any topic-partitions with the specified filters')
    const { found, errors } = await ask(admin, partitions, timestamp)
    for (const [key, error] of errors)
      terminal.error(`Skip getting offsets for topic-partition ${key} due to error: ${javaError(error).text}\n`)
    const rows = partitions
      .flatMap(({ topic, partition }) => {
        const offset = found.get(`${topic}-${partition}`) ?? -1
        return offset < 0 ? [] : [{ topic, partition, offset }]
      })
      .toSorted((left, right) => (`${left.topic}-${left.partition}` < `${right.topic}-${right.partition}` ? -1 : 1))
    show(options, terminal, rows, () => {
      for (const { topic, partition, offset } of rows) terminal.out(`${topic}:${partition}:${offset}\n`)
    })
  })
}

function placeOf(text: string): Place {
  const place = places[text]
  if (place !== undefined) return place
  if (/^[-+]?\d+$/.test(text)) return Number(text)
  throw new ArgumentError(
    `Malformed time argument ${text}. Please use -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 or earliest-pending-upload, or a specified long format timestamp`,
  )
}

async function selectPartitions(
  admin: Admin,
  filter: PartitionFilter,
  excludeInternal: boolean,
): Promise<TopicPartition[]> {
  const names = (await admin.listTopics())
    .map(({ name }) => name)
    .filter((name) => filter.takesTopic(name) && !(excludeInternal && isInternalTopic(name)))
  const described = await admin.describeTopics(names)
  return [...described.values()].flatMap(({ name, partitions }) =>
    partitions
      .map(({ partition }) => ({ topic: name, partition }))
      .filter(({ topic, partition }) => filter.takes(topic, partition)),
  )
}

interface Answers {
  readonly found: ReadonlyMap<string, number>
  readonly errors: ReadonlyMap<string, KafkaError>
}

/** Some partitions may fail: the others are shown all the same. */
async function ask(admin: Admin, partitions: readonly TopicPartition[], timestamp: Place): Promise<Answers> {
  const queries = partitions.map(({ topic, partition }) => ({ topic, partition, timestamp }))
  try {
    const found = await admin.listOffsets(queries)
    return { found: new Map([...found].map(([key, { offset }]) => [key, offset])), errors: new Map() }
  } catch (error) {
    if (!(error instanceof AdminError)) throw error
    const found = [...error.results].map(([key, info]) => [key, (info as { readonly offset: number }).offset] as const)
    return { found: new Map(found), errors: error.errors }
  }
}
