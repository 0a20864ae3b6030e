import type { Admin, TopicPartition } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { findHanging } from './find-hanging.ts'
import { tabTable } from './tab-table.ts'

/** One of the tool's commands. Resolves to the exit status. */
export interface TransactionCommand {
  readonly required: readonly string[]
  /** What Kafka's tool says when the cluster refuses. */
  failure(options: ParsedOptions): string
  run(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<number>
}

export const transactionCommands: Readonly<Record<string, TransactionCommand>> = {
  list: { required: [], failure: () => 'Failed to list transactions', run: list },
  describe: {
    required: ['transactional-id'],
    failure: (options) =>
      `Failed to describe transaction state of transactional-id \`${options.required('transactional-id')}\``,
    run: describe,
  },
  'describe-producers': {
    required: ['topic', 'partition'],
    failure: (options) => `Failed to describe producers for partition ${nameOf(placeOf(options))} on leader`,
    run: describeProducers,
  },
  abort: {
    required: ['topic', 'partition'],
    failure: (options) => `Failed to abort transaction on partition ${nameOf(placeOf(options))}`,
    run: abort,
  },
  'find-hanging': { required: [], failure: () => 'Failed to find hanging transactions', run: findHanging },
  forceTerminateTransaction: {
    required: ['transactionalId'],
    failure: (options) => `Failed to force terminate transactionalId \`${options.required('transactionalId')}\``,
    run: forceTerminate,
  },
}

/** The partition that a command is about. */
export function placeOf(options: ParsedOptions): TopicPartition {
  return { topic: options.required('topic'), partition: options.integer('partition') ?? 0 }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

async function list(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<number> {
  const durationMs = options.integer('duration-filter')
  const pattern = options.value('transactional-id-pattern')
  const found = await admin.listTransactions({
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(pattern === undefined ? {} : { transactionalIdPattern: pattern }),
  })
  // Kafka's table has the coordinator too, of whom a list does not tell: each is described for it.
  const ids = found.map(({ transactionalId }) => transactionalId)
  const described = await admin.describeTransactions(ids)
  const rows = found.map((each) => ({ ...each, coordinator: described.get(each.transactionalId)?.coordinator ?? -1 }))
  show(options, terminal, rows, () => {
    const values = rows.map(({ transactionalId, coordinator, producerId, state }) => [
      ...[transactionalId, coordinator, producerId, state],
    ])
    terminal.out(tabTable(['TransactionalId', 'Coordinator', 'ProducerId', 'TransactionState'], values))
  })
  return 0
}

async function describe(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<number> {
  const id = options.required('transactional-id')
  const description = await known(admin, id)
  show(options, terminal, description, () => {
    const { coordinator, producerId, producerEpoch, state, timeoutMs, startMs, partitions } = description
    const isOpen = startMs >= 0
    const duration = isOpen ? terminal.environment.clock.wallMs() - startMs : 'None'
    const places = inJavaHashOrder(partitions, topicPartitionHash).map(nameOf).join(',')
    const heads = [
      ...['CoordinatorId', 'TransactionalId', 'ProducerId', 'ProducerEpoch', 'TransactionState'],
      ...['TransactionTimeoutMs', 'CurrentTransactionStartTimeMs', 'TransactionDurationMs', 'TopicPartitions'],
    ]
    const row = [
      coordinator,
      id,
      producerId,
      producerEpoch,
      state,
      timeoutMs,
      isOpen ? startMs : 'None',
      duration,
      places,
    ]
    terminal.out(tabTable(heads, [row]))
  })
  return 0
}

async function known(
  admin: Admin,
  id: string,
): Promise<ReturnType<Awaited<ReturnType<Admin['describeTransactions']>>['get']> & object> {
  const unknown = (): KafkaError =>
    new KafkaError(
      ErrorCode.TRANSACTIONAL_ID_NOT_FOUND,
      `DescribeTransactions request for transactionalId \`${id}\` failed because the ID could not be found`,
    )
  try {
    const description = (await admin.describeTransactions([id])).get(id)
    if (description === undefined) throw unknown()
    return description
  } catch (error) {
    if (error instanceof KafkaError && error.errorCode === ErrorCode.TRANSACTIONAL_ID_NOT_FOUND) throw unknown()
    throw error
  }
}

async function describeProducers(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<number> {
  const place = placeOf(options)
  const producers = (await admin.describeProducers([place])).get(nameOf(place)) ?? []
  show(options, terminal, producers, () => {
    const heads = [
      ...['ProducerId', 'ProducerEpoch', 'LatestCoordinatorEpoch', 'LastSequence', 'LastTimestamp'],
      'CurrentTransactionStartOffset',
    ]
    const rows = producers.map((producer) => [
      ...[producer.producerId, producer.producerEpoch, producer.coordinatorEpoch, producer.lastSequence],
      producer.lastTimestamp,
      producer.currentTransactionStartOffset < 0 ? 'None' : producer.currentTransactionStartOffset,
    ])
    terminal.out(tabTable(heads, rows))
  })
  return 0
}

async function abort(admin: Admin, options: ParsedOptions): Promise<number> {
  const place = placeOf(options)
  const startOffset = options.integer('start-offset')
  const producerId = options.integer('producer-id')
  if (startOffset === undefined && producerId === undefined) {
    throw new ArgumentError(
      'The transaction to abort must be identified either with --start-offset (for brokers on 3.0 or above) or with --producer-id, --producer-epoch, and --coordinator-epoch (for older brokers)',
    )
  }
  if (startOffset === undefined) {
    const producerEpoch = options.integer('producer-epoch')
    const coordinatorEpoch = options.integer('coordinator-epoch')
    if (producerId === undefined || producerEpoch === undefined || coordinatorEpoch === undefined)
      throw new ArgumentError('--producer-id goes with --producer-epoch and --coordinator-epoch')
    await admin.abortTransaction({ ...place, producerId, producerEpoch, coordinatorEpoch })
    return 0
  }
  const producers = (await admin.describeProducers([place])).get(nameOf(place)) ?? []
  const producer = producers.find((each) => each.currentTransactionStartOffset === startOffset)
  if (producer === undefined) {
    throw new ArgumentError(
      `Could not find any open transactions starting at offset ${startOffset} on partition ${nameOf(place)}`,
    )
  }
  await admin.abortTransaction({ ...place, ...producer })
  return 0
}

async function forceTerminate(admin: Admin, options: ParsedOptions): Promise<number> {
  await admin.fenceProducers([options.required('transactionalId')])
  return 0
}
