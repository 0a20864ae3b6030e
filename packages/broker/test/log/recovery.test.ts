import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import type { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { PartitionLog } from '../../src/log/partition-log.ts'
import { batchOf, markerOf } from './batches.ts'
import { newLog, readAll, reopenKilled, root } from './harness.ts'
import type { FoundBatch } from './harness.ts'

const logDirectory = `${root}/topic-0`

interface Written {
  readonly storage: MemoryStorage
  readonly batches: readonly FoundBatch[]
}

/** A log of several small segments whose directory is left as by a kill. */
async function smallLog(segmentBytes: number, count = 6): Promise<Written> {
  const { storage, log } = await newLog({ settings: { segmentBytes, indexIntervalBytes: 0 } })
  for (let index = 0; index < count; index++) {
    const values = Array.from({ length: 1 + (index % 3) }, (_, each) => `value ${index} ${each}`)
    await log.append(batchOf({ values, producerId: 7, producerEpoch: 0, baseSequence: sequenceAt(index) })).written
  }
  return { storage, batches: readAll(log) }
}

function sequenceAt(index: number): number {
  let sequence = 0
  for (let before = 0; before < index; before++) sequence += 1 + (before % 3)
  return sequence
}

function logFiles(storage: MemoryStorage): readonly string[] {
  return storage.list(logDirectory).filter((name) => name.endsWith('.log'))
}

/** Bytes of all segments in order, with where each batch ends. */
function placeOf(storage: MemoryStorage, name: string): { readonly start: number; readonly size: number } {
  let start = 0
  for (const each of logFiles(storage)) {
    const size = storage.readFile(`${logDirectory}/${each}`).length
    if (each === name) return { start, size }
    start += size
  }
  throw new Error(`no ${name}`)
}

function soundBatches(batches: readonly FoundBatch[], position: number): readonly FoundBatch[] {
  let end = 0
  const sound: FoundBatch[] = []
  for (const batch of batches) {
    end += batch.bytes.length
    if (end > position) break
    sound.push(batch)
  }
  return sound
}

async function assertRecovers(storage: MemoryStorage, expected: readonly FoundBatch[]): Promise<void> {
  const directory = await reopenKilled(storage, { settings: { segmentBytes: 200 } })
  const log = directory.get('topic', 0)
  assert.ok(log !== undefined)
  assertHolds(log, expected)
  const next = log.append(batchOf({ values: ['after'] }))
  assert.equal(next.baseOffset, (expected.at(-1)?.lastOffset ?? -1) + 1)
  await next.written
  const appended = readAll(log)
  assert.equal(appended.length, expected.length + 1)
  await directory.close()
  const again = await reopenKilled(storage)
  const reopened = again.get('topic', 0)
  assert.ok(reopened !== undefined)
  assertHolds(reopened, appended)
  await again.close()
}

function assertHolds(log: PartitionLog, expected: readonly FoundBatch[]): void {
  assert.deepEqual(
    readAll(log).map((batch) => batch.bytes.toString('hex')),
    expected.map((batch) => batch.bytes.toString('hex')),
  )
  for (const batch of expected) {
    const read = readAll(log, batch.lastOffset)[0]
    assert.equal(read?.baseOffset, batch.baseOffset)
  }
}

for (const segmentBytes of [1 << 20, 200]) {
  test(`a log cut at any byte keeps every batch before the cut (segments of ${segmentBytes})`, async () => {
    const { storage: sample, batches } = await smallLog(segmentBytes)
    for (const name of logFiles(sample)) {
      const { start, size } = placeOf(sample, name)
      for (let cut = 0; cut < size; cut++) {
        const { storage } = await smallLog(segmentBytes)
        storage.open(`${logDirectory}/${name}`, 'update').truncate(cut)
        const kept = soundBatches(batches, start + cut)
        // Where the cut leaves whole batches, nothing is wrong with what follows in later segments.
        const isBetweenBatches = kept.reduce((sum, batch) => sum + batch.bytes.length, 0) === start + cut
        const later = isBetweenBatches ? batches.slice(soundBatches(batches, start + size).length) : []
        await assertRecovers(storage, [...kept, ...later])
      }
    }
  })

  test(`a log with any byte changed keeps every batch before it (segments of ${segmentBytes})`, async () => {
    const { storage: sample, batches } = await smallLog(segmentBytes)
    for (const name of logFiles(sample)) {
      const { start, size } = placeOf(sample, name)
      for (let at = 0; at < size; at++) {
        const { storage } = await smallLog(segmentBytes)
        const file = storage.open(`${logDirectory}/${name}`, 'update')
        const byte = Buffer.alloc(1)
        file.read(byte, 0, 1, at)
        byte[0] = (byte[0] ?? 0) ^ (1 << (at % 8))
        file.write([byte], at)
        const sound = soundBatches(batches, start + at)
        const damaged = batches[sound.length]
        assert.ok(damaged !== undefined)
        const inBatch = start + at - sound.reduce((sum, batch) => sum + batch.bytes.length, 0)
        // Nothing guards the leader epoch, nor a base offset that stays in order.
        if (inBatch < 8 || (inBatch >= 12 && inBatch < 16)) continue
        await assertRecovers(storage, sound)
      }
    }
  })
}

test('garbage behind the last batch is cut off, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (garbage) => {
      const { storage, batches } = await smallLog(1 << 20, 3)
      const name = logFiles(storage)[0] ?? ''
      const file = storage.open(`${logDirectory}/${name}`, 'update')
      file.write([garbage], file.sizeInBytes())
      await assertRecovers(storage, batches)
    }),
    { seed: 20261121, numRuns: 200 },
  )
})

test('indexes, snapshots and epoch files of any content neither lose nor invent records', async () => {
  const { storage: sample } = await smallLog(200)
  const names = sample.list(logDirectory).filter((name) => !name.endsWith('.log'))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.option(fc.uint8Array({ maxLength: 120 }), { nil: undefined }),
      async (name, content) => {
        const { storage, batches } = await smallLog(200)
        if (content === undefined) storage.removeFile(`${logDirectory}/${name}`)
        else storage.writeFile(`${logDirectory}/${name}`, content)
        await assertRecovers(storage, batches)
      },
    ),
    { seed: 20261121, numRuns: 300 },
  )
})

test('sequences and open transactions are known again after a kill', async () => {
  const { storage, log } = await newLog({ settings: { segmentBytes: 300 } })
  for (let index = 0; index < 8; index++) {
    await log.append(batchOf({ producerId: 1, producerEpoch: 0, baseSequence: index })).written
    await log.append(batchOf({ producerId: 2, producerEpoch: 0, baseSequence: index, isTransactional: true })).written
    if (index === 3) await log.append(markerOf('abort', 2, 0), { origin: 'coordinator' }).written
  }
  const before = log.activeProducers()
  const stable = log.lastStableOffset
  const committed = log.read(0, { maxBytes: 1 << 20, isolation: 'read_committed' })
  const directory = await reopenKilled(storage)
  const recovered = directory.get('topic', 0)
  assert.ok(recovered !== undefined)
  assert.deepEqual(recovered.activeProducers(), before)
  assert.equal(recovered.lastStableOffset, stable)
  const again = recovered.read(0, { maxBytes: 1 << 20, isolation: 'read_committed' })
  assert.deepEqual(again.abortedTransactions, [{ producerId: 2, firstOffset: 1 }])
  assert.deepEqual(committed.abortedTransactions, again.abortedTransactions)
  const repeated = batchOf({ producerId: 1, producerEpoch: 0, baseSequence: 7 })
  assert.equal(recovered.append(repeated).isDuplicate, true)
  await directory.close()
})
