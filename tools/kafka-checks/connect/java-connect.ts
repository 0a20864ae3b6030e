import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import type { CheckList } from '../check-list.ts'
import { ConnectWorker } from './connect-worker.ts'
import { exactlyOnceSources } from './exactly-once-sources.ts'
import { FileCopies } from './file-copies.ts'
import { Numbers, mirrorConfig, mirrorOf } from './mirrors.ts'

/** Java's Kafka Connect in distributed mode, on our broker. */
export async function javaConnect(list: CheckList, kafka: KafkaInstallation): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-connect-'))
  const broker = await startBroker({ host: '127.0.0.1', port: 0, dataDirectory: join(folder, 'data') })
  try {
    await twoWorkers(list, kafka, broker, folder)
    await exactlyOnceSources(list, kafka, broker, folder)
  } finally {
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function twoWorkers(list: CheckList, kafka: KafkaInstallation, broker: Broker, folder: string): Promise<void> {
  const { bootstrapServers } = broker
  const options = { bootstrapServers, groupId: 'connect', folder }
  const first = await ConnectWorker.start(kafka, options)
  const workers = [first]
  try {
    await new FileCopies(broker, first, folder).check(list)
    const partitions = 4
    const admin = new Admin({ bootstrapServers })
    await admin.createTopics([{ name: 'numbers', partitions }])
    const numbers = new Numbers(bootstrapServers, 'numbers', partitions)
    await list.check('MirrorMaker copies a topic in four tasks, by Connect on our broker', async () => {
      await numbers.write(4_000)
      await first.configure('mirror', mirrorConfig(bootstrapServers, 'numbers', partitions), partitions)
      assert.deepEqual(await numbers.untilMirrored(), numbers.expected())
      const described = (await admin.describeTopics([mirrorOf('numbers')])).get(mirrorOf('numbers'))
      assert.equal(described?.partitions.length, partitions)
    })
    await list.check('a second worker takes its share of the tasks, by our group coordinator', async () => {
      const second = await ConnectWorker.start(kafka, options)
      workers.push(second)
      await second.running('mirror', partitions, workers)
      const group = (await admin.describeGroups(['connect'])).get('connect')
      assert.deepEqual(
        [group?.state, group?.protocolType, group?.protocol, group?.members.length],
        ['Stable', 'connect', 'sessioned', 2],
      )
      await numbers.write(4_000)
      await numbers.untilMirrored()
    })
    await list.check('the tasks of a worker that is killed go on at the other', async () => {
      await workers.shift()?.kill()
      const [left] = workers
      await numbers.write(4_000)
      await left?.running('mirror', partitions, workers)
      await numbers.write(4_000)
      await numbers.untilMirrored()
    })
    await list.check('a worker leaves its group when it ends', async () => {
      await workers.shift()?.stop()
      let members: number | undefined
      do {
        await sleep(50)
        members = (await admin.describeGroups(['connect'])).get('connect')?.members.length
      } while (members !== 0)
    })
    await admin.close()
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}
