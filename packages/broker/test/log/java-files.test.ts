import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { sizeInBytesOf } from '../../src/log/batch-header.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { decodeProducerSnapshot, encodeProducerSnapshot } from '../../src/log/producer-snapshot.ts'
import { newLog, openDirectory, readAll, root, topicId } from './harness.ts'

interface JavaFile {
  readonly size: number
  readonly preallocated: boolean
  readonly hex: string
}

/** The files of a partition that Apache Kafka 4.3.0 wrote, with index.interval.bytes=0 and segment.ms=1. */
const vectors = JSON.parse(
  readFileSync(new URL('../../../../conformance/data/broker-segments.json', import.meta.url), 'utf8'),
) as { readonly topicId: string; readonly files: Readonly<Record<string, JavaFile>> }
const settings = { indexIntervalBytes: 0, segmentMs: 1 }
const closedIndexes = Object.entries(vectors.files).filter(
  ([name, file]) => !file.preallocated && /(index|snapshot)$/.test(name),
)

function contentOf(file: JavaFile): Buffer {
  const content = Buffer.alloc(file.size)
  content.set(Buffer.from(file.hex, 'hex'))
  return content
}

function javaDirectory(): MemoryStorage {
  const storage = new MemoryStorage()
  storage.makeDirectory(`${root}/topic-0`)
  for (const [name, file] of Object.entries(vectors.files)) {
    storage.writeFile(`${root}/topic-0/${name}`, contentOf(file))
  }
  return storage
}

const logBytes = Object.entries(vectors.files)
  .filter(([name]) => name.endsWith('.log'))
  .toSorted(([left], [right]) => (left < right ? -1 : 1))
  .map(([, file]) => contentOf(file))

for (const shutdown of ['in order', 'by a kill']) {
  test(`a partition that Java wrote is opened after a shutdown ${shutdown}`, async () => {
    const storage = javaDirectory()
    if (shutdown === 'in order') {
      // Java cuts the preallocated files then.
      for (const [name, file] of Object.entries(vectors.files)) {
        if (file.preallocated) storage.writeFile(`${root}/topic-0/${name}`, Buffer.from(file.hex, 'hex'))
      }
      storage.writeFile(`${root}/.kafka_cleanshutdown`, '{"version":0,"brokerEpoch":5}')
    }
    const directory = await openDirectory(storage, { settings })
    const log = directory.get('topic', 0)
    assert.ok(log !== undefined)
    assert.equal(log.topicId, vectors.topicId)
    assert.equal(log.topicId, topicId)
    assert.equal(log.endOffset, 15)
    assert.equal(log.lastStableOffset, 15)
    assert.equal(log.leaderEpoch, shutdown === 'in order' ? 0 : 1)
    assert.deepEqual(Buffer.concat(readAll(log).map((batch) => batch.bytes)), Buffer.concat(logBytes))
    const read = log.read(7, { maxBytes: 1000, isolation: 'read_committed' })
    assert.deepEqual(read.abortedTransactions, [{ producerId: 91, firstOffset: 7 }])
    assert.deepEqual(log.activeProducers(), [
      {
        producerId: 91,
        producerEpoch: 3,
        lastSequence: -1,
        lastTimestamp: 0x1a1fb75d302,
        coordinatorEpoch: 0,
        currentTransactionStartOffset: -1,
      },
    ])
    await directory.close()
    for (const [name, file] of closedIndexes) {
      assert.equal(storage.readFile(`${root}/topic-0/${name}`).toString('hex'), file.hex, name)
    }
  })
}

test('appending what Java was sent makes the files that Java made', async () => {
  const { storage, directory, log } = await newLog({ settings })
  for (const bytes of logBytes) {
    for (let at = 0; at < bytes.length; at += sizeInBytesOf(bytes, at)) {
      const batch = Buffer.from(bytes.subarray(at, at + sizeInBytesOf(bytes, at)))
      log.append(batch, { origin: 'coordinator' })
    }
  }
  await directory.close()
  for (const [name, file] of Object.entries(vectors.files)) {
    if (file.preallocated || name === 'leader-epoch-checkpoint') continue
    assert.equal(storage.readFile(`${root}/topic-0/${name}`).toString('hex'), file.hex, name)
  }
  const names = storage.list(`${root}/topic-0`).filter((name) => !(name in vectors.files))
  assert.deepEqual(names, ['00000000000000000015.snapshot'])
})

test('every snapshot of Java is read and written again as it was', () => {
  for (const [name, file] of Object.entries(vectors.files)) {
    if (!name.endsWith('.snapshot')) continue
    const entries = decodeProducerSnapshot(contentOf(file), 0)
    assert.ok(entries !== undefined, name)
    assert.equal(encodeProducerSnapshot(entries).toString('hex'), file.hex, name)
  }
})
