import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { Admin, Consumer, Producer } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { consumerGroupsTool } from '../src/consumer-groups/consumer-groups-tool.ts'
import { groupsTool } from '../src/groups/groups-tool.ts'
import { deleteRecordsTool } from '../src/offsets/delete-records-tool.ts'
import { getOffsetsTool } from '../src/offsets/get-offsets-tool.ts'
import { runCli } from './run-cli.ts'

const environment = environmentWith({ log: silentLog })

describe('tools for groups and offsets', () => {
  let broker: Broker
  let server: string[] = []
  let directory = ''

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'streamwright-groups-'))
    broker = await startBroker({ port: 0, inMemory: true, environment })
    server = ['--bootstrap-server', broker.bootstrapServers]
    const admin = new Admin({ bootstrapServers: broker.bootstrapServers }, environment)
    await admin.createTopics([{ name: 'orders', partitions: 2 }])
    const producer = new Producer({ bootstrapServers: broker.bootstrapServers }, environment)
    await producer.send(
      Array.from({ length: 5 }, (_, index) => ({ topic: 'orders', partition: 0, value: Buffer.from(`${index}`) })),
    )
    await producer.close()
    await admin.alterGroupOffsets('billing', [{ topic: 'orders', partition: 0, offset: 2 }])
    await admin.close()
  })
  after(async () => {
    await broker.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const groups = (...argv: string[]): ReturnType<typeof runCli> => runCli(consumerGroupsTool, [...server, ...argv])

  test('while a group goes over to the consumer protocol, a column tells who has', async () => {
    const { bootstrapServers } = broker
    const common = { bootstrapServers, groupId: 'moving' }
    const consumers = [
      new Consumer(common, environment),
      new Consumer({ ...common, groupProtocol: 'consumer' }, environment),
    ]
    try {
      for (const consumer of consumers) {
        consumer.subscribe(['orders'])
        await consumer.poll(500)
      }
      const { out } = await groups('--describe', '--group', 'moving', '--members', '--verbose')
      const [, head = '', ...rows] = out.split('\n')
      assert.match(head, /TARGET-ASSIGNMENT +UPGRADED$/)
      assert.deepEqual(
        rows
          .flatMap((row) => row.split(/\s+/).at(-1) ?? [])
          .filter(Boolean)
          .toSorted(),
        ['false', 'true'],
      )
    } finally {
      for (const consumer of consumers) await consumer.close()
      await groups('--delete', '--group', 'moving')
    }
  })

  test('--output json tells what the table tells, as one document', async () => {
    const { out } = await groups('--describe', '--group', 'billing', '--output', 'json')
    const [group] = JSON.parse(out) as { groupId: string; state: string; offsets: { lag: number; memberId: null }[] }[]
    assert.equal(group?.groupId, 'billing')
    assert.equal(group.state, 'Empty')
    assert.deepEqual(
      group.offsets.map(({ lag, memberId }) => ({ lag, memberId })),
      [{ lag: 3, memberId: null }],
    )
    const offsets = await runCli(getOffsetsTool, [...server, '--topic', 'orders', '--output', 'json'])
    assert.deepEqual(JSON.parse(offsets.out), [
      { topic: 'orders', partition: 0, offset: 5 },
      { topic: 'orders', partition: 1, offset: 0 },
    ])
    const listed = await runCli(groupsTool, [...server, '--list', '--output', 'json'])
    assert.match(listed.out, /"groupId": "billing"/)
    assert.equal((await groups('--list', '--output', 'xml')).status, 1)
  })

  test('what was exported can be imported: offsets are as before', async () => {
    const file = join(directory, 'plan.csv')
    const exported = await groups(
      ...['--reset-offsets', '--group', 'billing', '--all-topics', '--to-current', '--export', '--dry-run'],
    )
    assert.equal(exported.out, 'orders,0,2\n\n')
    writeFileSync(file, exported.out)
    await groups('--reset-offsets', '--group', 'billing', '--topic', 'orders:0', '--to-latest', '--execute')
    await groups('--reset-offsets', '--group', 'billing', '--from-file', file, '--execute')
    const { out } = await groups('--describe', '--group', 'billing')
    assert.match(out, /\nbilling +orders +0 +2 +5 +3 /)
    assert.equal(readFileSync(file, 'utf8'), 'orders,0,2\n\n')
  })

  test('a regular expression is judged as the broker would', async () => {
    assert.equal((await groups('--validate-regex', 'a.*')).out, 'The regular expression `a.*` is valid.\n')
    assert.match((await groups('--validate-regex', '(a')).out, /is invalid: missing closing \)/)
    assert.match((await groups('--validate-regex', '(?=a)')).out, /is invalid: invalid or unsupported Perl syntax/)
  })

  test('groups are listed with type and state, and only those in wanted states', async () => {
    const all = await groups('--list', '--state', '--type')
    assert.match(all.out, /^GROUP {21}TYPE {17}STATE {15}\nbilling {19}Classic {14}Empty {15}\n$/)
    assert.equal((await groups('--list', '--state', 'stable')).out.trim(), 'GROUP                     STATE')
    const wrong = await groups('--list', '--state', 'sideways')
    assert.equal(wrong.status, 1)
    assert.match(wrong.error, /^Invalid state list 'sideways'\. Valid states are: /)
  })

  test('records are deleted before the offsets of a file', async () => {
    const file = join(directory, 'delete.json')
    writeFileSync(file, '{"partitions":[{"topic":"orders","partition":0,"offset":1}],"version":1}')
    const { status, out } = await runCli(deleteRecordsTool, [...server, '--offset-json-file', file])
    assert.equal(status, 0)
    assert.match(out, /partition: orders-0\tlow_watermark: 1\n$/)
  })
})
