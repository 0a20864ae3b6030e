import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { ConfigStore } from '../../src/config/config-store.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { MetadataLog } from '../../src/metadata/metadata-log.ts'
import { Topics } from '../../src/metadata/topics.ts'
import { openDirectory, root } from '../log/harness.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'

test('a partition that was looked up before its topic was deleted has no log, even when another topic has its name', async () => {
  const storage = new MemoryStorage()
  const environment = fakeEnvironment()
  const logs = await openDirectory(storage)
  const metadata = MetadataLog.read(storage, `${root}/metadata.log`, environment)
  metadata.openForWriting()
  // A crash came between what the metadata say of the topic and its directories.
  void metadata.append({ kind: 'topic', name: 'topic', id: 'A'.repeat(22), partitions: 1, configs: {} })
  const topics = new Topics(metadata, new ConfigStore(metadata.state, 1, new Map()), logs, environment)
  const newTopic = { name: 'topic', partitions: 1, configs: new Map<string, string>() }
  const partition = topics.get('topic')?.partition(0)
  const isGone = (error: unknown): boolean =>
    error instanceof KafkaError && error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  await topics.delete(partition?.topic ?? assert.fail())
  assert.throws(() => partition?.log, isGone)
  const another = topics.create(newTopic).topic.partition(0)
  assert.notEqual(another?.existingLog, undefined)
  assert.equal(partition?.existingLog, undefined)
  assert.throws(() => partition?.log, isGone)
  await metadata.close()
  await logs.close()
})
