import { createInterface } from 'node:readline'
import { Producer } from '@streamwright/client'
import { asError } from '@streamwright/std'
import type { RenamedWording } from '../command-line/client-properties.ts'
import { clientProperties, keyValuePairs, propertiesFile, renamedPair } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { LineReader } from './line-reader.ts'

/** `kafka-console-producer`: each line of standard input becomes a record. */
export const consoleProducer: Tool = {
  name: 'kafka-console-producer',
  about: 'This tool helps to read data from standard input and publish it to Kafka.',
  needsOptions: true,
  options: {
    topic: { about: 'The topic to produce to.', argumentName: 'topic' },
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'broker-list': {
      about: 'The old name of --bootstrap-server.',
      argumentName: 'servers',
      renamedTo: 'bootstrap-server',
    },
    sync: { about: 'Wait for each record before the next one is sent.', argument: 'none' },
    'compression-codec': {
      about: 'none, gzip (without an argument), snappy, lz4 or zstd.',
      argumentName: 'codec',
      argument: 'optional',
    },
    'batch-size': { about: 'Bytes of a batch.', argumentName: 'bytes' },
    'message-send-max-retries': { about: 'How often a send is tried again.', argumentName: 'count' },
    'retry-backoff-ms': { about: 'Wait before a retry.', argumentName: 'ms' },
    timeout: { about: 'How long records may wait to be sent together.', argumentName: 'ms' },
    'request-required-acks': { about: 'Who must have a record: 0, 1, -1 or all.', argumentName: 'acks' },
    'request-timeout-ms': { about: 'How long a request may take.', argumentName: 'ms' },
    'metadata-expiry-ms': { about: 'When metadata is read again.', argumentName: 'ms' },
    'max-block-ms': { about: 'How long a send may wait for memory or metadata.', argumentName: 'ms' },
    'max-memory-bytes': { about: 'Memory for records that are not sent yet.', argumentName: 'bytes' },
    'max-partition-memory-bytes': { about: 'The old name of --batch-size.', argumentName: 'bytes' },
    'line-reader': { about: 'Only the default, org.apache.kafka.tools.LineMessageReader.', argumentName: 'class' },
    'socket-buffer-size': { about: 'Accepted; the system decides.', argumentName: 'bytes' },
    property: { about: 'The old name of --reader-property.', argumentName: 'name=value', repeatable: true },
    'reader-property': {
      about:
        'How lines are read: parse.key, parse.headers, key.separator (tab), headers.delimiter (tab), headers.separator (,), headers.key.separator (:), null.marker, ignore.error.',
      argumentName: 'name=value',
      repeatable: true,
    },
    'reader-config': { about: 'A file of reader properties.', argumentName: 'file' },
    'producer-property': { about: 'The old name of --command-property.', argumentName: 'name=value', repeatable: true },
    'command-property': { about: 'A setting of the producer.', argumentName: 'name=value', repeatable: true },
    'producer.config': { about: 'The old name of --command-config.', argumentName: 'file' },
    'command-config': { about: 'A file of producer settings.', argumentName: 'file' },
  },
  async run(options, terminal) {
    const wording: RenamedWording = {
      say: (sentence) => terminal.out(`Warning: ${sentence}\n`),
      namesOldFirst: false,
    }
    const topic = options.required('topic')
    const lineReader = options.value('line-reader')
    if (lineReader !== undefined && !lineReaderNames.includes(lineReader))
      throw new ArgumentError(`There is no line reader ${lineReader} here, only ${lineReaderNames[0] ?? ''}`)
    const reader = new LineReader(readerProperties(options, wording))
    const producer = new Producer(producerConfig(options, wording), terminal.environment)
    try {
      return await produceLines(reader, producer, topic, options.has('sync'), terminal)
    } finally {
      await producer.close()
    }
  },
}

function readerProperties(options: ParsedOptions, wording: RenamedWording): Record<string, string> {
  const file = options.value('reader-config')
  return {
    ...(file === undefined ? {} : propertiesFile(file)),
    ...keyValuePairs(renamedPair(options, 'reader-property', 'property', wording)),
  }
}

const lineReaderNames: readonly string[] = [
  'org.apache.kafka.tools.LineMessageReader',
  'kafka.tools.ConsoleProducer$LineMessageReader',
]

const settingOfOption: Readonly<Record<string, string>> = {
  'max-partition-memory-bytes': 'batchSize',
  'batch-size': 'batchSize',
  'retry-backoff-ms': 'retryBackoffMs',
  'message-send-max-retries': 'retries',
  timeout: 'lingerMs',
  'request-timeout-ms': 'requestTimeoutMs',
  'metadata-expiry-ms': 'metadataMaxAgeMs',
  'max-block-ms': 'maxBlockMs',
  'max-memory-bytes': 'bufferMemory',
}

function producerConfig(
  options: ParsedOptions,
  wording: RenamedWording,
): { bootstrapServers: string } & Record<string, unknown> {
  const bootstrapServers = options.value('bootstrap-server')
  if (bootstrapServers === undefined) throw new UsageError('Error while validating the bootstrap address\n')
  const files = renamedPair(options, 'command-config', 'producer.config', wording)
  const given = clientProperties(files, renamedPair(options, 'command-property', 'producer-property', wording))
  const config: Record<string, unknown> = { clientId: 'console-producer', ...given }
  for (const [option, setting] of Object.entries(settingOfOption)) {
    const value = options.integer(option)
    if (value !== undefined) config[setting] = value
  }
  if (options.has('max-partition-memory-bytes'))
    wording.say(
      '--max-partition-memory-bytes is deprecated and will be removed in Apache Kafka 5.0. Use --batch-size instead.',
    )
  const codec = options.value('compression-codec')
  if (codec !== undefined) config['compressionType'] = codec === '' ? 'gzip' : codec
  const acks = options.value('request-required-acks')
  if (acks !== undefined) {
    if (!['0', '1', '-1', 'all'].includes(acks))
      throw new ArgumentError(`Cannot parse argument '${acks}' of option request-required-acks`)
    config['acks'] = acks === '-1' ? 'all' : acks
    if (config['acks'] !== 'all') config['enableIdempotence'] ??= false
  }
  return { ...config, bootstrapServers }
}

async function produceLines(
  reader: LineReader,
  producer: Producer,
  topic: string,
  sync: boolean,
  terminal: Terminal,
): Promise<number> {
  const prompt = terminal.stdin.isTTY === true
  const lines = createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  const stop = (): void => lines.close()
  terminal.interrupted.addEventListener('abort', stop, { once: true })
  let failed = false
  const report = (error: unknown): void => {
    failed = true
    terminal.error(`Error when sending message to topic ${topic}: ${asError(error).message}\n`)
  }
  try {
    if (prompt) terminal.out('>')
    for await (const line of lines) {
      const { key, value, headers } = reader.read(line)
      const sent = producer.send({ topic, key, value, headers })
      if (sync) await sent.catch(report)
      else void sent.catch(report)
      // Memory is bounded by the producer; waiting for it here keeps a fast pipe from filling it.
      if (producer.isFull) await producer.drained()
      if (prompt) terminal.out('>')
    }
    await producer.flush()
    return failed && sync ? 1 : 0
  } catch (error) {
    await producer.flush()
    throw error
  } finally {
    terminal.interrupted.removeEventListener('abort', stop)
    lines.close()
  }
}
