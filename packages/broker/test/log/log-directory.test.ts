import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { LogDirectory } from '../../src/log/log-directory.ts'
import { defaultLogSettings } from '../../src/log/log-settings.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { batchOf } from './batches.ts'
import { TestTime, newLog, openDirectory, readAll, reopenKilled, root, testEnvironment, topicId } from './harness.ts'

test('a new directory says to whom it belongs, and says so again', async () => {
  const storage = new MemoryStorage()
  const first = await openDirectory(storage, { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg', nodeId: 3 })
  const { directoryId } = first
  assert.equal(first.clusterId, 'MkU3OEVBNTcwNTJENDM2Qg')
  assert.match(storage.readFile(`${root}/meta.properties`).toString(), /node\.id=3\nversion=1\n$/)
  await first.close()
  const again = await openDirectory(storage)
  assert.deepEqual([again.clusterId, again.nodeId, again.directoryId], [first.clusterId, 3, directoryId])
  await again.close()
  await assert.rejects(openDirectory(storage, { nodeId: 4 }), { code: 'DATA_DIRECTORY_OF_ANOTHER_BROKER' })
  await assert.rejects(openDirectory(storage, { clusterId: 'other' }), { code: 'DATA_DIRECTORY_OF_ANOTHER_BROKER' })
  await (await openDirectory(storage)).close()
})

test('a directory is open once', async () => {
  const storage = new MemoryStorage()
  const directory = await openDirectory(storage)
  await assert.rejects(openDirectory(storage), { code: 'DATA_DIRECTORY_IN_USE' })
  await directory.close()
  await (await openDirectory(storage)).close()
})

test('a deleted log is gone at once, its files later, and one of the same name starts anew', async () => {
  const time = new TestTime()
  const environment = testEnvironment(time)
  const { storage, directory, log } = await newLog({ environment })
  const { written } = log.append(batchOf())
  directory.delete('topic', 0)
  const gone = { code: 'UNKNOWN_TOPIC_OR_PARTITION' }
  await assert.rejects(written, gone)
  assert.throws(() => log.append(batchOf()), gone)
  assert.throws(() => log.read(0, { maxBytes: 1 }), gone)
  assert.throws(() => log.offsetForTimestamp(-1), gone)
  await log.flush()
  assert.equal(directory.get('topic', 0), undefined)
  directory.delete('topic', 0)
  const again = directory.create('topic', 0, 'AAAAAAAAAAAAAAAAAAAAAQ')
  assert.equal(again.endOffset, 0)
  const waiting = storage.list(root).filter((name) => /^topic-0\.[0-9a-f]{32}-delete$/.test(name))
  assert.equal(waiting.length, 1)
  time.advance(60_000)
  await new Promise(setImmediate)
  assert.deepEqual(
    storage.list(root).filter((name) => name.includes('delete')),
    [],
  )
  await directory.close()
})

test('what waits to be removed at a kill is removed by the next start', async () => {
  const { storage, directory } = await newLog()
  directory.delete('topic', 0)
  const time = new TestTime()
  const again = await reopenKilled(storage, { environment: testEnvironment(time) })
  time.advance(1)
  await new Promise(setImmediate)
  assert.deepEqual(
    storage.list(root).filter((name) => name.startsWith('topic')),
    [],
  )
  assert.deepEqual([...again.all()], [])
  await again.close()
})

test('topics may have any legal name', async () => {
  const storage = new MemoryStorage()
  const directory = await openDirectory(storage)
  const names = ['a-1', '-', 'x.y_z', '1', 'a'.repeat(249), '__consumer_offsets']
  for (const name of names) directory.create(name, 12, topicId).append(batchOf())
  await directory.close()
  const again = await openDirectory(storage)
  assert.deepEqual(new Set([...again.all()].map((log) => log.topic)), new Set(names))
  for (const name of names) assert.equal(again.get(name, 12)?.endOffset, 1)
  again.delete('a'.repeat(249), 12)
  for (const name of storage.list(root)) assert.ok(name.length <= 255)
  await again.close()
})

test('the checkpoint files read as Kafka writes them', async () => {
  const { storage, directory, log } = await newLog()
  for (let index = 0; index < 3; index++) log.append(batchOf())
  await log.flush()
  log.deleteRecordsBefore(1)
  await directory.close()
  const text = (name: string): string => storage.readFile(`${root}/${name}`).toString()
  assert.equal(text('recovery-point-offset-checkpoint'), '0\n1\ntopic 0 3\n')
  assert.equal(text('replication-offset-checkpoint'), '0\n1\ntopic 0 3\n')
  assert.equal(text('log-start-offset-checkpoint'), '0\n1\ntopic 0 1\n')
  assert.equal(text('.kafka_cleanshutdown'), '{"version":0,"brokerEpoch":0}')
  assert.equal(text('topic-0/partition.metadata'), `version: 0\ntopic_id: ${topicId}`)
  assert.equal(text('topic-0/leader-epoch-checkpoint'), '0\n1\n0 1\n')
  const again = await openDirectory(storage)
  assert.equal(storage.exists(`${root}/.kafka_cleanshutdown`), false)
  await again.close()
})

test('after a kill only segments behind the recovery point are read', async () => {
  const { storage, log } = await newLog({ settings: { segmentBytes: 200 } })
  for (let index = 0; index < 6; index++) await log.append(batchOf()).written
  await log.flush()
  assert.equal(log.recoveryPoint, 6)
  const time = new TestTime()
  const clean = await reopenKilled(storage, { environment: testEnvironment(time) })
  await clean.flush()
  time.advance(2000)
  const file = storage.open(`${log.directory}/00000000000000000000.log`, 'update')
  file.write([Buffer.from([0xff])], 65)
  const again = await reopenKilled(storage)
  assert.equal(again.get('topic', 0)?.endOffset, 6, 'nobody looked at the first segment')
  await again.close()
})

test('an interrupted compaction is completed or forgotten', async () => {
  const { storage, directory, log } = await newLog({ settings: { segmentBytes: 140 } })
  for (let index = 0; index < 6; index++) await log.append(batchOf({ values: [`${index}`] })).written
  await directory.close()
  const path = (name: string): string => `${log.directory}/${name}`
  const second = storage.readFile(path('00000000000000000002.log'))
  // Segments 0 and 2 were compacted into what is left of 2, under the name of 0.
  storage.writeFile(path('00000000000000000000.log.swap'), second)
  storage.writeFile(path('00000000000000000004.log.cleaned'), second)
  storage.writeFile(path('00000000000000000002.index.deleted'), '')
  const again = await openDirectory(storage)
  const found = again.get('topic', 0)
  assert.ok(found !== undefined)
  assert.deepEqual(
    readAll(found).map((batch) => batch.baseOffset),
    [2, 3, 4, 5],
  )
  assert.deepEqual(
    storage.list(log.directory).filter((name) => /\.(swap|cleaned|deleted)$/.test(name)),
    [],
  )
  await again.close()
})

function onDisk(path: string): Promise<LogDirectory> {
  return LogDirectory.open({
    path,
    environment: testEnvironment(),
    settingsOf: () => ({
      ...defaultLogSettings,
      segmentBytes: 5000,
      messageTimestampAfterMaxMs: Number.MAX_VALUE,
    }),
  })
}

test('on a real disk: written, closed, opened, trimmed, deleted', async () => {
  const path = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
  try {
    const first = await onDisk(path)
    await assert.rejects(onDisk(path), { code: 'DATA_DIRECTORY_IN_USE' })
    const log = first.create('topic', 0, topicId)
    first.create('topic', 1, topicId)
    for (let index = 0; index < 200; index++) {
      log.append(batchOf({ values: ['x'.repeat(index * 10)] }))
      if (index % 7 === 0) log.writePending()
    }
    await first.close()
    assert.match(readFileSync(join(path, 'meta.properties'), 'utf8'), /cluster\.id=/)
    const second = await onDisk(path)
    assert.equal(second.wasCleanShutdown, true)
    const again = second.get('topic', 0)
    assert.ok(again !== undefined)
    assert.equal(readAll(again).length, 200)
    again.deleteRecordsBefore(100)
    second.delete('topic', 1)
    await second.close()
    const third = await onDisk(path)
    assert.equal(third.get('topic', 0)?.startOffset, 100)
    assert.equal(third.get('topic', 1), undefined)
    await third.close()
  } finally {
    rmSync(path, { recursive: true })
  }
})

test('a lock whose owner is dead counts for nothing', async () => {
  const path = mkdtempSync(join(tmpdir(), 'streamwright-log-'))
  try {
    for (const abandoned of ['', '999999999 1', `${process.pid} 1`, 'what is this']) {
      writeFileSync(join(path, '.lock'), abandoned)
      await (await onDisk(path)).close()
    }
    // A process that lives and is not this one, where the system tells of it.
    if (!existsSync('/proc/1/stat')) return
    const startTime = readFileSync('/proc/1/stat', 'utf8').replace(/^1 .*\) (?:\S+ ){19}(\d+) .*/s, '$1')
    writeFileSync(join(path, '.lock'), `1 ${startTime}`)
    await assert.rejects(onDisk(path), { code: 'DATA_DIRECTORY_IN_USE' })
  } finally {
    rmSync(path, { recursive: true })
  }
})
