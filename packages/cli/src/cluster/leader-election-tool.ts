import { readFileSync } from 'node:fs'
import type { ElectionType, TopicPartition } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { asError, StreamwrightError } from '@streamwright/std'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

const choices = ['topic', 'all-topic-partitions', 'path-to-json-file'] as const

/** Whoever the brokers do not let in does not wait for results. */
const isRetriable = (error: unknown): boolean => error instanceof StreamwrightError && error.retriable

/** `kafka-leader-election`: elects leaders of partitions. */
export const leaderElectionTool: Tool = {
  name: 'kafka-leader-election',
  about:
    'This tool attempts to elect a new leader for a set of topic partitions. The type of elections supported are preferred replicas and unclean replicas.',
  needsOptions: true,
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    'admin.config': { about: 'The older name of --command-config.', argumentName: 'file' },
    'path-to-json-file': { about: 'A file with the partitions.', argumentName: 'file' },
    topic: { about: 'The topic; with --partition.', argumentName: 'topic' },
    partition: { about: 'The partition; with --topic.', argumentName: 'number' },
    'all-topic-partitions': { about: 'All partitions that need an election.', argument: 'none' },
    'election-type': { about: 'preferred or unclean.', argumentName: 'type' },
    ...outputOption,
  },
  async run(options, terminal) {
    options.exclude('admin.config', ['command-config'])
    const type = electionTypeOf(options)
    checkRequired(options)
    const partitions = partitionsOf(options)
    const file = options.value('admin.config')
    const outcomes = await withAdmin(
      file === undefined ? options : options.with('command-config', file),
      terminal,
      (admin) => admin.electLeaders(type, partitions),
    ).catch((error: unknown) => {
      if (error instanceof KafkaError) throw new ArgumentError(`${javaError(error).message}\n${javaError(error).text}`)
      if (!isRetriable(error)) throw error
      const timedOut = 'Timeout waiting for election results'
      terminal.out(`${timedOut}\n`)
      throw new ArgumentError(timedOut)
    })
    if (wantsJson(options)) {
      terminal.out(`${JSON.stringify(Object.fromEntries(outcomes), undefined, 2)}\n`)
      return [...outcomes.values()].some((error) => isFailure(error)) ? 1 : 0
    }
    return print(type, outcomes, terminal)
  },
}

function electionTypeOf(options: ParsedOptions): ElectionType {
  const text = options.value('election-type')
  const type = (['preferred', 'unclean'] as const).find((each) => each === text?.toLowerCase())
  if (text !== undefined && type === undefined)
    throw new ArgumentError(`Cannot parse argument '${text}' of option election-type`)
  options.integer('partition')
  return type ?? 'preferred'
}

function checkRequired(options: ParsedOptions): void {
  const missing = ['bootstrap-server', 'election-type'].filter((name) => !options.has(name))
  if (missing.length > 0) throw new ArgumentError(`Missing required option(s): ${missing.join(', ')}`)
  if (choices.filter((name) => options.has(name)).length !== 1)
    throw new ArgumentError(`One and only one of the following options is required: ${choices.join(', ')}`)
  if (options.has('topic') && !options.has('partition'))
    throw new ArgumentError('Missing required option(s): partition')
  if (!options.has('topic') && options.has('partition'))
    throw new ArgumentError(`Option partition is only allowed if topic is used`)
}

function partitionsOf(options: ParsedOptions): readonly TopicPartition[] | 'all' {
  if (options.has('all-topic-partitions')) return 'all'
  const topic = options.value('topic')
  if (topic !== undefined) return [{ topic, partition: options.integer('partition') ?? 0 }]
  return partitionsIn(options.value('path-to-json-file') ?? '')
}

function partitionsIn(path: string): readonly TopicPartition[] {
  const text = fileText(path)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new ArgumentError('Replica election data is empty')
  }
  const list: unknown =
    typeof content === 'object' && content !== null && 'partitions' in content ? content.partitions : undefined
  if (!Array.isArray(list)) throw new ArgumentError('Replica election data is missing "partitions" field')
  const found = list.map((each: unknown): TopicPartition => {
    const row = typeof each === 'object' && each !== null ? (each as Readonly<Record<string, unknown>>) : {}
    return { topic: String(row['topic']), partition: Number(row['partition']) }
  })
  const keys = found.map(({ topic, partition }) => `${topic}-${partition}`)
  const repeated = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
  if (repeated.length > 0) {
    throw new ArgumentError(`Replica election data contains duplicate partitions: ${repeated.join(',')}`)
  }
  return found
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ArgumentError(`java.io.IOException: Unable to read file ${path}\n${asError(error).message}`)
  }
}

function isFailure(error: KafkaError | null): boolean {
  return error !== null && error.errorCode !== ErrorCode.ELECTION_NOT_NEEDED
}

function print(type: ElectionType, outcomes: ReadonlyMap<string, KafkaError | null>, terminal: Terminal): number {
  const ordered = inJavaHashOrder(outcomes.keys(), (key) => topicPartitionHash(placeOf(key)))
  const [elected, valid, failed]: [string[], string[], string[]] = [[], [], []]
  for (const key of ordered) {
    const error = outcomes.get(key) ?? null
    if (error === null) elected.push(key)
    else (isFailure(error) ? failed : valid).push(key)
  }
  if (elected.length > 0)
    terminal.out(
      `Successfully completed leader election (${type.toUpperCase()}) for partitions ${elected.join(', ')}\n`,
    )
  if (valid.length > 0) terminal.out(`Valid replica already elected for partitions ${valid.join(', ')}\n`)
  if (failed.length === 0) return 0
  for (const key of failed) {
    const text = javaError(outcomes.get(key)).text
    terminal.out(`Error completing leader election (${type.toUpperCase()}) for partition: ${key}: ${text}\n`)
  }
  throw new ArgumentError(`${failed.length} replica(s) could not be elected`)
}

function placeOf(key: string): TopicPartition {
  const dash = key.lastIndexOf('-')
  return { topic: key.slice(0, dash), partition: Number(key.slice(dash + 1)) }
}
