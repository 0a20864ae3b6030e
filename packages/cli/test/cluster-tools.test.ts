import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { apiVersionsTool } from '../src/cluster/api-versions-tool.ts'
import { clusterTool } from '../src/cluster/cluster-tool.ts'
import { featuresTool } from '../src/cluster/features-tool.ts'
import { leaderElectionTool } from '../src/cluster/leader-election-tool.ts'
import { logDirsTool } from '../src/cluster/log-dirs-tool.ts'
import { metadataQuorumTool } from '../src/cluster/metadata-quorum-tool.ts'
import type { Tool } from '../src/command-line/tool.ts'
import { reassignTool } from '../src/reassign/reassign-tool.ts'
import { runCli } from './run-cli.ts'

const environment = environmentWith({ log: silentLog })

describe('tools that look after a cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-cluster-tools-'))
  let broker: Broker
  let admin: Admin

  before(async () => {
    broker = await startBroker({ port: 0, inMemory: true, environment })
    admin = new Admin({ bootstrapServers: broker.bootstrapServers }, environment)
    await admin.createTopics([{ name: 't', partitions: 2 }])
  })
  after(async () => {
    await admin.close()
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (tool: Tool, ...argv: string[]): ReturnType<typeof runCli> =>
    runCli(tool, ['--bootstrap-server', broker.bootstrapServers, ...argv])
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
  const assignment = (replicas: readonly number[], ...logDirs: readonly string[]): object => ({
    version: 1,
    partitions: [0, 1].map((partition) => ({
      topic: 't',
      partition,
      replicas,
      ...(logDirs.length > 0 && { log_dirs: logDirs }),
    })),
  })
  const reassign = (...argv: string[]): ReturnType<typeof runCli> => run(reassignTool, ...argv)

  test('a reassignment is proposed, begun, verified and cancelled', async () => {
    const topics = file('topics.json', { version: 1, topics: [{ topic: 't' }] })
    const generated = await reassign('--generate', '--topics-to-move-json-file', topics, '--broker-list', '1')
    const here = JSON.stringify({ ...assignment([1], broker.dataDirectory) })
    const anywhere = JSON.stringify({ ...assignment([1], 'any') })
    assert.equal(
      generated.out,
      `Current partition replica assignment\n${here}\n\nProposed partition reassignment configuration\n${anywhere}\n`,
    )
    const path = file('plan.json', assignment([1], broker.dataDirectory))
    const executed = await reassign('--execute', '--reassignment-json-file', path, '--throttle', '1000')
    assert.equal(
      executed.out,
      `Current partition replica assignment\n\n${here}\n\nSave this to use as the --reassignment-json-file option during rollback\n` +
        'Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.\n' +
        'The inter-broker throttle limit was set to 1000 B/s\n' +
        'Successfully started partition reassignments for t-0,t-1\n' +
        'Successfully started moving log directories for replicas: t-0-1,t-1-1\n',
    )
    const throttled = async (): Promise<number> => {
      const described = await admin.describeConfigs([{ type: 'topic', name: 't' }])
      return (described.get('topic:t') ?? []).filter(({ name, isDefault }) => name.includes('throttled') && !isDefault)
        .length
    }
    assert.equal(await throttled(), 2)
    const verified = await reassign('--verify', '--reassignment-json-file', path)
    assert.equal(
      verified.out,
      'Status of partition reassignment:\nReassignment of partition t-0 is completed.\nReassignment of partition t-1 is completed.\n\n' +
        'Reassignment of replica t-0-1 completed successfully.\nReassignment of replica t-1-1 completed successfully.\n' +
        'Clearing broker-level throttles on broker 1\nClearing topic-level throttles on topic t\n',
    )
    assert.equal(await throttled(), 0)
    const cancelled = await reassign('--cancel', '--reassignment-json-file', path, '--preserve-throttles')
    assert.match(cancelled.out, /^None of the specified partition reassignments are active.\n/)
    assert.equal((await reassign('--list')).out, 'No partition reassignments found.\n')
  })

  test('a reassignment that cannot be is refused as Kafka refuses it', async () => {
    const execute = async (content: unknown): Promise<string> => {
      const { out, status } = await reassign('--execute', '--reassignment-json-file', file('x.json', content))
      assert.equal(status, 1)
      return out
    }
    assert.equal(await execute({ version: 2 }), 'Error: Not supported version field value 2\n')
    assert.equal(await execute({ version: 1, partitions: [] }), 'Error: Partition reassignment list cannot be empty\n')
    assert.equal(
      await execute(assignment([1, 1])),
      'Error: Partition replica lists may not contain duplicate entries: t-0 contains multiple entries for 1. t-1 contains multiple entries for 1\n',
    )
    assert.match(await execute(assignment([7])), /^Error: Unknown broker id 7\n/)
    assert.match((await reassign('--list', '--verify')).error, /^Command must include exactly one action/)
    assert.match(
      (await reassign('--list', '--timeout', '1')).error,
      /^Option "\[timeout\]" can't be used with action "\[list\]"/,
    )
  })

  test('elections that are not needed are no failure, those of partitions that do not exist are', async () => {
    const elect = (...argv: string[]): ReturnType<typeof runCli> =>
      run(leaderElectionTool, '--election-type', 'preferred', ...argv)
    assert.equal(
      (await elect('--topic', 't', '--partition', '0')).out,
      'Valid replica already elected for partitions t-0\n',
    )
    const unknown = await elect('--topic', 't', '--partition', '7')
    assert.equal(unknown.status, 1)
    assert.match(unknown.out, /^Error completing leader election \(PREFERRED\) for partition: t-7: /)
    assert.equal(
      (await elect()).error,
      'One and only one of the following options is required: topic, all-topic-partitions, path-to-json-file\n',
    )
  })

  test('what they show is also there as JSON', async () => {
    const json = async (tool: Tool, ...argv: string[]): Promise<unknown> =>
      JSON.parse((await run(tool, ...argv, '--output', 'json')).out)
    const bootstrap = ['--bootstrap-server', broker.bootstrapServers, '--output', 'json']
    const { out } = await runCli(clusterTool, ['cluster-id', ...bootstrap])
    assert.deepEqual(JSON.parse(out), { clusterId: broker.clusterId })
    const features = (await json(featuresTool, 'describe')) as { feature: string; finalized: number }[]
    assert.equal(features.find(({ feature }) => feature === 'metadata.version')?.finalized, 30)
    const quorum = (await json(metadataQuorumTool, 'describe', '--status')) as { leaderId: number }
    assert.equal(quorum.leaderId, 1)
    const [versions] = (await json(apiVersionsTool)) as { apis: object[] }[]
    assert.deepEqual(versions?.apis[0], { name: 'Produce', apiKey: 0, minVersion: 0, maxVersion: 13 })
    const directories = (await json(logDirsTool, '--describe', '--topic-list', 't')) as {
      brokers: { logDirs: { partitions: object[] }[] }[]
    }
    assert.equal(directories.brokers[0]?.logDirs[0]?.partitions.length, 2)
  })
})
