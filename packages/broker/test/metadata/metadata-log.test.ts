import assert from 'node:assert/strict'
import test from 'node:test'
import { DataDirectoryError } from '../../src/errors.ts'
import { metadataLogCompactionBytes } from '../../src/limits.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { MetadataLog } from '../../src/metadata/metadata-log.ts'
import type { MetadataRecord } from '../../src/metadata/metadata-record.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'

const path = '/data/metadata.log'

function storageWith(bytes?: Buffer): MemoryStorage {
  const storage = new MemoryStorage()
  storage.makeDirectory('/data')
  if (bytes !== undefined) storage.replaceFile(path, bytes)
  return storage
}

function opened(storage: MemoryStorage): MetadataLog {
  const log = MetadataLog.read(storage, path, fakeEnvironment())
  log.openForWriting()
  return log
}

const topic = (name: string, partitions = 1): MetadataRecord => ({
  kind: 'topic',
  name,
  id: `id-of-${name}`,
  partitions,
  configs: {},
})

const history: readonly MetadataRecord[] = [
  topic('a'),
  topic('b', 3),
  { kind: 'configs', resource: 'topic', name: 'b', configs: { 'retention.ms': '5' } },
  { kind: 'partitions', id: 'id-of-b', count: 4 },
  { kind: 'configs', resource: 'broker', name: '1', configs: { 'log.retention.ms': '7' } },
  { kind: 'producerIds', next: 1000 },
  { kind: 'configs', resource: 'group', name: 'g', configs: { 'share.isolation.level': 'read_committed' } },
  { kind: 'feature', name: 'group.version', level: 0, epoch: 2 },
  { kind: 'topicDeleted', id: 'id-of-a' },
]

async function written(records: readonly MetadataRecord[]): Promise<Buffer> {
  const storage = storageWith()
  const log = opened(storage)
  for (const record of records) void log.append(record)
  await log.close()
  return storage.readFile(path)
}

test('what was appended is there again after a restart', async () => {
  const { state } = opened(storageWith(await written(history)))
  assert.deepEqual([...state.topics.keys()], ['b'])
  assert.deepEqual(state.topicById('id-of-b'), {
    name: 'b',
    id: 'id-of-b',
    partitions: 4,
    configs: new Map([['retention.ms', '5']]),
  })
  assert.equal(state.brokerConfigs.get('1')?.get('log.retention.ms'), '7')
  assert.equal(state.producerIdNext, 1000)
})

test('a file cut at any byte holds a prefix of the history, and can be written on', async () => {
  const prefixes = new Set<string>()
  for (let count = 0; count <= history.length; count++) {
    const { state } = opened(storageWith(await written(history.slice(0, count))))
    prefixes.add(JSON.stringify([...state.snapshot()]))
  }
  const whole = await written(history)
  for (let length = 0; length <= whole.length; length++) {
    const storage = storageWith(whole.subarray(0, length))
    const log = opened(storage)
    assert.ok(prefixes.has(JSON.stringify([...log.state.snapshot()])), `cut at ${length}`)
    await log.append(topic('later'))
    await log.close()
    assert.ok(opened(storage).state.topics.has('later'), `written on after a cut at ${length}`)
  }
})

test('an entry whose bytes changed ends the history', async () => {
  const whole = await written(history)
  const changed = Buffer.from(whole)
  changed.writeUInt8(changed.readUInt8(whole.length - 3) ^ 1, whole.length - 3)
  assert.deepEqual([...opened(storageWith(changed)).state.topics.keys()], ['a', 'b'])
})

test('a file of another format is refused, with a name and a remedy', () => {
  const storage = storageWith(Buffer.from('this is something else altogether\n'))
  assert.throws(() => MetadataLog.read(storage, path, fakeEnvironment()), DataDirectoryError)
})

test('a log full of outdated entries is rewritten and says the same', async () => {
  const storage = storageWith()
  const log = opened(storage)
  await log.append(topic('kept'))
  for (let next = 0; next < 5000; next++) {
    void log.append({ kind: 'configs', resource: 'topic', name: 'kept', configs: { 'retention.ms': String(next) } })
  }
  void log.append({ kind: 'configs', resource: 'topic', name: 'kept', configs: { 'retention.ms': '42' } })
  await log.append({ kind: 'producerIds', next: 2000 })
  await log.close()
  assert.ok(storage.readFile(path).length < metadataLogCompactionBytes)
  const { state } = opened(storage)
  assert.equal(state.topics.get('kept')?.configs.get('retention.ms'), '42')
  assert.equal(state.producerIdNext, 2000)
})
