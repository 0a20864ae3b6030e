import type { LogDirDescription } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { errorInfo } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'

/** `kafka-log-dirs`: the directories of brokers, with the sizes of logs, as JSON. */
export const logDirsTool: Tool = {
  name: 'kafka-log-dirs',
  about: 'This tool helps to query log directory usage on the specified brokers.',
  needsOptions: true,
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    describe: { about: 'Describe the log directories.', argument: 'none' },
    'topic-list': { about: 'Only these topics, separated by commas.', argumentName: 'topics' },
    'broker-list': { about: 'Only these brokers, separated by commas.', argumentName: 'ids' },
    output: { about: 'text (default), or json: the JSON document alone.', argumentName: 'form' },
  },
  async run(options, terminal) {
    for (const name of ['bootstrap-server', 'describe'])
      if (!options.has(name)) throw new UsageError(`Missing required argument "[${name}]"`)
    const topics = new Set(listOf(options, 'topic-list'))
    const asked = listOf(options, 'broker-list').map((id) => {
      if (!/^-?\d+$/.test(id)) throw new ArgumentError(`For input string: "${id}"`)
      return Number(id)
    })
    const isQuiet = options.value('output') === 'json'
    const described = await withAdmin(options, terminal, async (admin) => {
      const known = (await admin.describeCluster()).brokers.map(({ id }) => id)
      const strange = asked.filter((id) => !known.includes(id))
      if (strange.length > 0) {
        throw new ArgumentError(
          `ERROR: The given brokers do not exist from --broker-list: ${strange.join(',')}. Current existent brokers: ${known.join(',')}`,
        )
      }
      const brokers = asked.length === 0 ? known : asked
      if (!isQuiet) terminal.out('Querying brokers for log directories information\n')
      return admin.describeLogDirs(brokers)
    }).catch((error: unknown) => {
      throw error instanceof ArgumentError ? error : new ArgumentError(javaError(error, 'listNodes').text)
    })
    const ids = [...described.keys()]
    if (!isQuiet) terminal.out(`Received log directory information from brokers ${ids.join(',')}\n`)
    const brokers = [...described].map(([broker, directories]) => ({
      broker,
      logDirs: directories.map((directory) => shownDirectory(directory, topics)),
    }))
    terminal.out(`${JSON.stringify({ brokers, version: 1 })}\n`)
    return 0
  },
}

function listOf(options: ParsedOptions, name: string): string[] {
  return (options.value(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function shownDirectory({ replicas, error, logDir }: LogDirDescription, topics: ReadonlySet<string>): object {
  const wanted = topics.size === 0 ? replicas : replicas.filter(({ topic }) => topics.has(topic))
  return {
    partitions: inJavaHashOrder(wanted, topicPartitionHash).map((replica) => ({
      partition: `${replica.topic}-${replica.partition}`,
      size: replica.sizeInBytes,
      offsetLag: replica.offsetLag,
      isFuture: replica.isFuture,
    })),
    error: error === undefined ? null : (errorInfo(error.errorCode).javaException ?? error.message),
    logDir,
  }
}
