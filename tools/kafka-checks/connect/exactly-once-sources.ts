import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { ConnectWorker } from './connect-worker.ts'
import { NumberedLines, topicHas } from './lines.ts'
import { Numbers, mirrorConfig } from './mirrors.ts'

const groupId = 'exact'

/** Source connectors with `exactly.once.source.support`, whose workers are killed, on our broker. */
export async function exactlyOnceSources(
  list: CheckList,
  kafka: KafkaInstallation,
  broker: Broker,
  folder: string,
): Promise<void> {
  const { bootstrapServers } = broker
  const settings = { 'exactly.once.source.support': 'enabled' }
  const start = (): Promise<ConnectWorker> =>
    ConnectWorker.start(kafka, { bootstrapServers, groupId, folder, settings })
  const workers: ConnectWorker[] = []
  const admin = new Admin({ bootstrapServers })
  try {
    await list.check('the lines of a file are there once, though a worker is killed while it writes them', async () => {
      workers.push(await start(), await start())
      await linesOnce(broker, admin, workers, join(folder, 'exact-lines'))
      workers.push(await start())
    })
    await list.check('MirrorMaker copies each record once, though a worker is killed while it copies', () =>
      numbersOnce(broker, admin, workers),
    )
    await list.check('Connect fences the producers of tasks that are no more', () => fences(broker, admin, workers))
  } finally {
    await admin.close()
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

/** Kills the worker that has the task, or the first of them. */
async function killWorkerOf(workers: ConnectWorker[], connector: string): Promise<void> {
  const [any] = workers
  assert.ok(any !== undefined)
  const { tasks } = await any.until(connector, 'tasks', (status) => status.tasks.length > 0)
  const index = workers.findIndex(({ id }) => id === tasks[0]?.worker_id)
  await workers.splice(index, 1)[0]?.kill()
}

async function linesOnce(
  { bootstrapServers }: Broker,
  admin: Admin,
  workers: ConnectWorker[],
  path: string,
): Promise<void> {
  const lines = new NumberedLines(path)
  await workers[0]?.configure('source', {
    'connector.class': 'org.apache.kafka.connect.file.FileStreamSourceConnector',
    'tasks.max': 1,
    topic: 'exact-lines',
    file: path,
    'exactly.once.support': 'required',
    'transaction.boundary': 'poll',
  })
  for (let round = 0; round < 20; round++) {
    lines.append(500)
    await sleep(20)
    if (round === 10) await killWorkerOf(workers, 'source')
  }
  await workers[0]?.running('source', 1, workers)
  await topicHas(bootstrapServers, 'exact-lines', lines.lines)
  lines.append(500)
  await topicHas(bootstrapServers, 'exact-lines', lines.lines)
  const ids = new Set((await admin.listTransactions()).map(({ transactionalId }) => transactionalId))
  assert.ok(ids.has(`connect-cluster-${groupId}`) && ids.has(`${groupId}-source-0`), [...ids].join())
  const end = (await admin.listOffsets([{ topic: 'exact-lines', partition: 0, timestamp: 'latest' }])).get(
    'exact-lines-0',
  )
  const markers = (end?.offset ?? 0) - lines.lines.length
  assert.ok(markers >= 5, `${markers} transactions`)
}

async function numbersOnce({ bootstrapServers }: Broker, admin: Admin, workers: ConnectWorker[]): Promise<void> {
  const partitions = 3
  await admin.createTopics([{ name: 'exact-numbers', partitions }])
  const numbers = new Numbers(bootstrapServers, 'exact-numbers', partitions)
  await numbers.write(3_000)
  await workers[0]?.configure('mirror', exactMirror(bootstrapServers, partitions), partitions)
  assert.deepEqual(await numbers.untilMirrored(), numbers.expected())
  await Promise.all([numbers.write(60_000), killWorkerOf(workers, 'mirror')])
  await workers[0]?.running('mirror', partitions, workers)
  await numbers.write(3_000)
  assert.deepEqual(await numbers.untilMirrored(), numbers.expected())
}

function exactMirror(bootstrapServers: string, tasks: number): Readonly<Record<string, string | number>> {
  return {
    ...mirrorConfig(bootstrapServers, 'exact-numbers', tasks),
    'exactly.once.support': 'required',
    'source.consumer.isolation.level': 'read_committed',
  }
}

/** The epochs of all three go up, though only two tasks are left to begin again. */
async function fences({ bootstrapServers }: Broker, admin: Admin, workers: ConnectWorker[]): Promise<void> {
  const ids = [0, 1, 2].map((task) => `${groupId}-mirror-${task}`)
  const epochs = async (): Promise<number[]> => {
    const described = await admin.describeTransactions(ids)
    return ids.map((id) => described.get(id)?.producerEpoch ?? -1)
  }
  const before = await epochs()
  await workers[0]?.configure('mirror', exactMirror(bootstrapServers, 2), 2)
  const deadline = performance.now() + 30_000
  for (;;) {
    const after = await epochs()
    if (after.every((epoch, task) => epoch > (before[task] ?? 0))) return
    assert.ok(performance.now() < deadline, `${before.join()} → ${after.join()}`)
    await sleep(50)
  }
}
