import assert from 'node:assert/strict'
import test from 'node:test'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { listTransactions } from '@streamwright/protocol/messages/list-transactions'
import { startBroker } from '../../src/index.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import { KilledStorage } from '../support/killed-storage.ts'
import { ProtocolClient } from '../support/protocol-client.ts'
import type { TransactionProtocol } from './transaction-client.ts'
import { TransactionClient, committedOffset, readPartition } from './transaction-client.ts'

/** Each directory of a partition is a change of the disk: with Kafka's 50 the kills would mostly be of their making. */
const settings = { 'transaction.state.log.num.partitions': '2', 'offsets.topic.num.partitions': '2' }
const dataDirectory = '/data'

/** What the producer has heard of its transactions: how many were begun, and the fate of those that were ended. */
interface Heard {
  begun: number
  readonly ended: ('commit' | 'abort')[]
}

/** Transactions of two partitions and an offset, by turns committed and aborted, while the process lives. */
async function work(
  client: ProtocolClient,
  protocol: TransactionProtocol,
  storage: KilledStorage,
  heard: Heard,
): Promise<void> {
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
  const producer = new TransactionClient(client, 'id', protocol)
  await producer.initialize()
  for (const outcome of ['commit', 'abort', 'commit', 'abort'] as const) {
    if (storage.isKilled) return
    const number = heard.begun++
    // oxlint-disable-next-line no-await-in-loop
    for (const partition of [0, 1]) assert.equal(await producer.write('topic', partition, String(number)), 0)
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await producer.commitOffset('group', 'topic', number), 0)
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await producer.end(outcome), 0)
    if (!storage.isKilled) heard.ended.push(outcome)
  }
}

/** Runs {@link work} in a broker that is killed after some changes of its disk. */
async function workUntilKilled(
  protocol: TransactionProtocol,
  changesLeft: number,
  heard: Heard,
): Promise<{ readonly changes: number; readonly survivor: MemoryStorage }> {
  const storage = new KilledStorage(new MemoryStorage(), changesLeft)
  const broker = await startBroker({ listen: false, storage, dataDirectory, environment: fakeEnvironment(), settings })
  await work(new ProtocolClient(broker.connect()), protocol, storage, heard)
  const { changes } = storage
  await broker.close()
  return { changes, survivor: storage.survivor }
}

/** What a new broker on the same disk must show, once the producer is back. */
async function check(inner: MemoryStorage, protocol: TransactionProtocol, heard: Heard, when: string): Promise<void> {
  const environment = fakeEnvironment()
  const broker = await startBroker({ listen: false, storage: inner, dataDirectory, environment, settings })
  try {
    const client = new ProtocolClient(broker.connect())
    await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
    const producer = new TransactionClient(client, 'id', protocol)
    await producer.initialize()
    const seen = await Promise.all([readPartition(client, 'topic', 0), readPartition(client, 'topic', 1)])
    for (const { lastStableOffset, highWatermark } of seen) assert.equal(lastStableOffset, highWatermark, when)
    assert.deepEqual(seen[0].values, seen[1].values, `${when}: a transaction is visible in all partitions or in none`)
    const committed = heard.ended.flatMap((outcome, number) => (outcome === 'commit' ? [String(number)] : []))
    const unheard = String(heard.begun - 1)
    const mayBeThere = heard.begun > heard.ended.length && (heard.begun - 1) % 2 === 0
    const isThere = mayBeThere && seen[0].values.at(-1) === unheard
    assert.deepEqual(seen[0].values, isThere ? [...committed, unheard] : committed, when)
    const offset = await committedOffset(client, 'group', 'topic')
    assert.equal(offset, Number(seen[0].values.at(-1) ?? -1), `${when}: offsets go with their transaction`)
    const { transactionStates } = await client.send(listTransactions, 0, {})
    assert.deepEqual(
      transactionStates.map(({ transactionState }) => transactionState),
      ['Empty'],
      when,
    )
    assert.equal(await producer.write('topic', 0, 'next'), 0)
    assert.equal(await producer.end('commit'), 0)
    assert.equal((await readPartition(client, 'topic')).values.at(-1), 'next', when)
  } finally {
    await broker.close()
  }
}

for (const protocol of ['classic', 'epochPerTransaction'] as const) {
  test(`a broker killed at each change of its disk takes up all transactions again: ${protocol}`, async () => {
    const whole: Heard = { begun: 0, ended: [] }
    const { changes } = await workUntilKilled(protocol, Infinity, whole)
    assert.equal(whole.ended.length, 4)
    for (let left = 1; left < changes; left++) {
      const heard: Heard = { begun: 0, ended: [] }
      // oxlint-disable-next-line no-await-in-loop
      const { survivor } = await workUntilKilled(protocol, left, heard)
      // oxlint-disable-next-line no-await-in-loop
      await check(survivor, protocol, heard, `killed at change ${left} of ${changes}`)
    }
  })
}
