import type { Admin, ProducerDescription, TopicPartition } from '@streamwright/client'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { tabTable } from './tab-table.ts'

const timeoutMinutesDefault = 15
const minuteMs = 60_000

type Open = TopicPartition & ProducerDescription

/** Transactions that are open in a partition for too long, and of which no coordinator knows. */
export async function findHanging(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<number> {
  const maxMinutes = options.integer('max-transaction-timeout') ?? timeoutMinutesDefault
  const nowMs = terminal.environment.clock.wallMs()
  const partitions = await partitionsToSearch(admin, options)
  const producers = partitions.length === 0 ? new Map() : await admin.describeProducers(partitions)
  const suspects = partitions.flatMap(({ topic, partition }) => {
    const own: readonly ProducerDescription[] = producers.get(`${topic}-${partition}`) ?? []
    return own
      .filter((each) => each.currentTransactionStartOffset >= 0 && nowMs - each.lastTimestamp > maxMinutes * minuteMs)
      .map((each) => ({ topic, partition, ...each }))
  })
  const hanging = await unknownToCoordinators(admin, suspects)
  show(options, terminal, hanging, () => {
    const heads = [
      ...['Topic', 'Partition', 'ProducerId', 'ProducerEpoch', 'CoordinatorEpoch', 'StartOffset'],
      ...['LastTimestamp', 'Duration(min)'],
    ]
    const rows = hanging.map((each) => [
      ...[each.topic, each.partition, each.producerId, each.producerEpoch, each.coordinatorEpoch],
      ...[each.currentTransactionStartOffset, each.lastTimestamp, Math.floor((nowMs - each.lastTimestamp) / minuteMs)],
    ])
    terminal.out(tabTable(heads, rows))
  })
  return 0
}

async function partitionsToSearch(admin: Admin, options: ParsedOptions): Promise<TopicPartition[]> {
  const broker = options.integer('broker-id')
  const topic = options.value('topic')
  const partition = options.integer('partition')
  if (partition !== undefined && topic === undefined)
    throw new ArgumentError('The --partition argument requires --topic to be provided')
  if (topic === undefined && broker === undefined) {
    throw new ArgumentError(
      'The `find-hanging` command requires either --topic or --broker-id to limit the scope of the search',
    )
  }
  const topics = topic === undefined ? (await admin.listTopics()).map(({ name }) => name) : [topic]
  const described = await admin.describeTopics(topics)
  return [...described.values()].flatMap(({ name, partitions }) =>
    partitions
      .filter((each) => partition === undefined || each.partition === partition)
      .filter((each) => broker === undefined || each.replicas.includes(broker))
      .map((each) => ({ topic: name, partition: each.partition })),
  )
}

async function unknownToCoordinators(admin: Admin, suspects: readonly Open[]): Promise<Open[]> {
  if (suspects.length === 0) return []
  const listed = await admin.listTransactions({
    producerIds: [...new Set(suspects.map(({ producerId }) => producerId))],
  })
  const described = await admin.describeTransactions(listed.map(({ transactionalId }) => transactionalId))
  const idOf = new Map(listed.map(({ producerId, transactionalId }) => [producerId, transactionalId]))
  return suspects.filter(({ topic, partition, producerId }) => {
    const transaction = described.get(idOf.get(producerId) ?? '')
    return transaction?.partitions.some((place) => place.topic === topic && place.partition === partition) !== true
  })
}
