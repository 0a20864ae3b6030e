import { readFileSync } from 'node:fs'
import type { Admin, RecordsToDelete } from '@streamwright/client'
import { OperationTimeoutError } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

/** `kafka-delete-records`: deletes the records of partitions before the offsets that a file names. */
export const deleteRecordsTool: Tool = {
  name: 'kafka-delete-records',
  about: 'This tool helps to delete records of the given partitions down to the specified offset.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    'offset-json-file': {
      about:
        'A file: {"partitions": [{"topic": "foo", "partition": 1, "offset": 1}], "version": 1}. Records before the offset are deleted; −1 stands for all.',
      argumentName: 'file',
    },
    ...outputOption,
  },
  async run(options, terminal) {
    options.required('bootstrap-server')
    const targets = readTargets(options.required('offset-json-file'))
    await withAdmin(options, terminal, (admin) => deleteAll(admin, targets, options, terminal))
    return 0
  },
}

async function deleteAll(
  admin: Admin,
  targets: readonly RecordsToDelete[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const json = wantsJson(options)
  if (!json) terminal.out('Executing records delete operation\n')
  // Each by itself: a partition that does not exist is waited for, and the others are done meanwhile.
  const results = await Promise.all(
    inJavaHashOrder(targets, topicPartitionHash).map(async (target) => {
      const { topic, partition } = target
      try {
        const deleted = await admin.deleteRecords([target])
        return { topic, partition, lowWatermark: deleted.get(`${topic}-${partition}`)?.lowWatermark ?? -1 }
      } catch (error) {
        return { topic, partition, error: failureOf(error) }
      }
    }),
  )
  if (json) {
    terminal.out(`${JSON.stringify(results, null, 2)}\n`)
    return
  }
  terminal.out('Records delete operation completed:\n')
  for (const { topic, partition, lowWatermark, error } of results) {
    terminal.out(
      `partition: ${topic}-${partition}\t${error === undefined ? `low_watermark: ${lowWatermark}` : `error: ${error}`}\n`,
    )
  }
}

/** Java's client waits for a partition that does not exist until its time is over. */
function failureOf(error: unknown): string {
  const { text } = javaError(error, 'deleteRecords')
  const isMissing = text.includes('.UnknownTopicOrPartitionException')
  if (!isMissing && !(error instanceof OperationTimeoutError)) return text
  return `org.apache.kafka.common.errors.TimeoutException: Call(callName=deleteRecords) timed out: ${javaError(error).message}`
}

function readTargets(path: string): RecordsToDelete[] {
  const content = parse(read(path))
  if (content === undefined) throw new ArgumentError('The input string is not a valid JSON')
  const version = content['version'] ?? 1
  if (version !== 1) throw new ArgumentError(`Not supported version field value ${JSON.stringify(version)}`)
  const partitions = fieldOf(content, 'partitions')
  if (!Array.isArray(partitions)) throw new ArgumentError('Expected JSON array, received something else: partitions')
  const targets = partitions.map((each: unknown) => {
    const entry = isObject(each) ? each : {}
    return {
      topic: String(fieldOf(entry, 'topic')),
      partition: integerOf(entry, 'partition'),
      offset: integerOf(entry, 'offset'),
    }
  })
  const names = targets.map(({ topic, partition }) => `${topic}-${partition}`)
  const duplicates = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  if (duplicates.size > 0)
    throw new ArgumentError(`Offset json file contains duplicate topic partitions: ${[...duplicates].join(',')}`)
  return targets
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ArgumentError(`Unable to read file ${path}`)
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function parse(text: string): JsonObject | undefined {
  try {
    const content: unknown = JSON.parse(text)
    return isObject(content) ? content : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fieldOf(entry: JsonObject, name: string): unknown {
  if (entry[name] === undefined) throw new ArgumentError(`No such field exists: \`${name}\``)
  return entry[name]
}

function integerOf(entry: JsonObject, name: string): number {
  const value = fieldOf(entry, name)
  if (!Number.isInteger(value))
    throw new ArgumentError(`Expected an integer in the field ${name}, received ${JSON.stringify(value)}`)
  return Number(value)
}
