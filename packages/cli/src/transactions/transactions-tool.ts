import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { TransactionCommand } from './transaction-commands.ts'
import { transactionCommands } from './transaction-commands.ts'

const usage =
  'usage: kafka-transactions.sh [-h] [-v] [--command-config FILE] --bootstrap-server host:port COMMAND ...\nCommands: list, describe, describe-producers, abort, find-hanging, forceTerminateTransaction'

/** `kafka-transactions`: looks at transactions, and ends those that hang. */
export const transactionsTool: Tool = {
  name: 'kafka-transactions',
  about: `This tool is used to analyze the transactional state of producers in the cluster. It can be used to detect and recover from hanging transactions.\n${usage}`,
  helpIsOutput: true,
  // Kafka's tells the commit of the release here, where most of its tools tell the number alone.
  versionText: '4.3.0 (Commit:a9ce3221537b8653)',
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    'transactional-id': { about: 'describe: the id.', argumentName: 'id' },
    transactionalId: { about: 'forceTerminateTransaction: the id.', argumentName: 'id' },
    'duration-filter': { about: 'list: only what has been open for longer, in ms.', argumentName: 'ms' },
    'transactional-id-pattern': { about: 'list: only ids that this regular expression fits.', argumentName: 'regex' },
    topic: { about: 'describe-producers, abort, find-hanging: the topic.', argumentName: 'topic' },
    partition: { about: 'describe-producers, abort, find-hanging: the partition.', argumentName: 'number' },
    'broker-id': { about: 'describe-producers, find-hanging: the broker.', argumentName: 'id' },
    'start-offset': { about: 'abort: where the transaction begins in the partition.', argumentName: 'offset' },
    'producer-id': { about: 'abort: the producer, with the two options below.', argumentName: 'id' },
    'producer-epoch': { about: 'abort: its epoch.', argumentName: 'number' },
    'coordinator-epoch': { about: 'abort: the epoch of its coordinator.', argumentName: 'number' },
    'max-transaction-timeout': {
      about: 'find-hanging: the longest that a transaction may take, in minutes. Default: 15.',
      argumentName: 'minutes',
    },
    ...outputOption,
  },
  async run(options, terminal) {
    const command = commandOf(options)
    try {
      return await withAdmin(options, terminal, (admin) => command.run(admin, options, terminal))
    } catch (error) {
      if (error instanceof ArgumentError) throw error
      throw new ArgumentError(
        `${command.failure(options)}: ${javaError(error).message}. Enable debug logging for additional detail.`,
      )
    }
  },
}

function commandOf(options: ParsedOptions): TransactionCommand {
  const [name] = options.words
  if (name === undefined) throw misused('too few arguments')
  const command = transactionCommands[name]
  if (command === undefined) {
    const names = Object.keys(transactionCommands).map((each) => `'${each}'`)
    throw misused(`invalid choice: '${name}' (choose from ${names.join(', ')})`)
  }
  if (!options.has('bootstrap-server')) throw misused('argument --bootstrap-server is required')
  const missing = command.required.find((each) => !options.has(each))
  if (missing !== undefined) throw misused(`argument --${missing} is required`)
  return command
}

function misused(message: string): ArgumentError {
  return new ArgumentError(`${usage}\nkafka-transactions.sh: error: ${message}`)
}
