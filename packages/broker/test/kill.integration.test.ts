import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { RecordBatch } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { produce } from '@streamwright/protocol/messages/produce'
import { deferred, delay, present, seededRandom, systemTimers } from '@streamwright/std'
import { GroupClient } from './groups/group-client.ts'
import { batchOf } from './log/batches.ts'
import { ProtocolClient } from './support/protocol-client.ts'

const program = join(import.meta.dirname, 'support/broker-process.ts')

interface BrokerProcess {
  readonly port: number
  readonly connect: () => ProtocolClient
  readonly kill: () => Promise<void>
}

async function start(dataDirectory: string): Promise<BrokerProcess> {
  const child: ChildProcess = spawn(process.execPath, [program, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = deferred()
  child.once('exit', () => exited.resolve())
  const said = deferred<string>()
  child.stdout?.once('data', (chunk: Buffer) => said.resolve(chunk.toString()))
  const port = Number(await Promise.race([said.promise, exited.promise.then(() => 'NaN')]))
  assert.ok(port > 0, 'The broker starts')
  return {
    port,
    connect: () => new ProtocolClient(connect(port, '127.0.0.1')),
    kill: () => {
      child.kill('SIGKILL')
      return exited.promise
    },
  }
}

/** Produces until the broker is gone; returns how many records were acknowledged. */
async function produceWhileItLives(client: ProtocolClient, from: number): Promise<number> {
  let sent = from
  let acknowledged = from
  const pipeline = async (): Promise<void> => {
    for (;;) {
      const number = sent++
      const { responses } = await client.send(produce, 9, {
        acks: -1,
        timeoutMs: 1000,
        topicData: [{ name: 'topic', partitionData: [{ index: 0, records: batchOf({ values: [String(number)] }) }] }],
      })
      assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0)
      acknowledged += 1
    }
  }
  await Promise.allSettled(Array.from({ length: 20 }, pipeline))
  return acknowledged
}

async function commitWhileItLives(client: GroupClient, from: number): Promise<number> {
  let committed = from
  try {
    for (;;) {
      assert.equal(await client.commit(committed + 1), 0)
      committed += 1
    }
  } catch {
    return committed
  }
}

async function recordCount(client: ProtocolClient): Promise<number> {
  let next = 0
  for (;;) {
    const { responses } = await client.send(fetch, 12, {
      minBytes: 1,
      topics: [
        { topic: 'topic', partitions: [{ partition: 0, fetchOffset: BigInt(next), partitionMaxBytes: 1_000_000 }] },
      ],
    })
    const partition = present(responses[0]?.partitions[0], 'The partition is answered')
    assert.equal(partition.errorCode, 0)
    const batches = RecordBatch.read(partition.records ?? Buffer.alloc(0))
    for (const batch of batches) {
      batch.ensureValid()
      assert.equal(batch.baseOffset, next)
      next = batch.nextOffset
    }
    if (batches.length === 0) return next
  }
}

test(
  'a broker that is killed again and again loses nothing that it acknowledged',
  { timeout: 60_000 },
  async (context) => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'streamwright-kill-'))
    context.after(() => rmSync(dataDirectory, { recursive: true, force: true }))
    const random = seededRandom(7)
    let acknowledged = 0
    let committed = -1
    for (let round = 0; round < 4; round++) {
      const broker = await start(dataDirectory)
      context.after(() => broker.kill())
      const client = broker.connect()
      if (round === 0) {
        await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 1, replicationFactor: 1 }] })
      }
      const found = await recordCount(client)
      assert.ok(found >= acknowledged, `${found} records of ${acknowledged} acknowledged ones are there`)
      const group = new GroupClient(broker.connect())
      assert.ok((await group.committed()) >= committed)
      const producing = produceWhileItLives(client, found)
      const committing = commitWhileItLives(group, committed)
      await delay(systemTimers, 50 + random.below(200))
      await broker.kill()
      acknowledged = await producing
      committed = await committing
    }
    // In one of the rounds: on a machine with other work to do, a broker may be killed before it answers anything.
    assert.ok(acknowledged > 0)
  },
)
