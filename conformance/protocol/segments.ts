import assert from 'node:assert/strict'
import { toHex } from '@streamwright/std'
import { lastOffsetOf, sizeInBytesOf } from '../../packages/broker/src/log/batch-header.ts'
import { LogDirectory } from '../../packages/broker/src/log/log-directory.ts'
import { defaultLogSettings } from '../../packages/broker/src/log/log-settings.ts'
import { MemoryStorage } from '../../packages/broker/src/log/memory-storage.ts'
import type { PartitionLog } from '../../packages/broker/src/log/partition-log.ts'
import { decodeProducerSnapshot, encodeProducerSnapshot } from '../../packages/broker/src/log/producer-snapshot.ts'
import type { JsonObject } from '../json.ts'
import { numberAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

const root = '/data'
const partition = `${root}/topic-0`
const timeIndexEntrySizeInBytes = 12
const epochCheckpoint = 'leader-epoch-checkpoint'
/** A fetch that has room for all of it. */
const maxBytes = 1 << 30

/** How the partition was written that the vectors are of. */
const settings = {
  ...defaultLogSettings,
  messageTimestampAfterMaxMs: Number.MAX_VALUE,
  indexIntervalBytes: 0,
  segmentMs: 1,
}

/**
 * `segments.json`: the files of a partition. Our log opens the directory as Java left it, and reads all of it; and what
 * Java was sent, appended to a new log of ours, makes the same files, byte for byte.
 */
export async function runSegments({ content, file, report }: ProtocolRun): Promise<void> {
  const files = new Map(Object.entries(objectAt(content['files'], 'files')).map(fileOf))
  const topicId = textAt(content, 'topicId')
  const records = Buffer.concat([...files].filter(([name]) => name.endsWith('.log')).map(([, { bytes }]) => bytes))
  const opened = await openedByUs(files)
  const written = await writtenByUs(records, topicId)

  runCase(report, `${file.label} opened`, () => {
    assert.equal(opened.topicId, topicId, 'topic id')
    assert.equal(toHex(opened.records), toHex(records), 'records')
    const lastEpoch = files.get(epochCheckpoint)?.bytes.toString().trim().split('\n').at(-1)?.split(' ')[0]
    assert.equal(String(opened.leaderEpoch), lastEpoch, 'leader epoch')
  })
  for (const [name, { bytes, isPreallocated }] of files) {
    // What epochs there were is not in the records: compared above, when it is read.
    if (name === epochCheckpoint) continue
    runCase(report, `${file.label} files ${name}`, () => {
      if (name.endsWith('.snapshot')) checkSnapshot(bytes)
      const ours = written.exists(`${partition}/${name}`) ? written.readFile(`${partition}/${name}`) : Buffer.alloc(0)
      if (isPreallocated) checkUnfinished(ours, bytes)
      else assert.equal(toHex(ours), toHex(bytes))
    })
  }
}

interface SavedFile {
  readonly bytes: Buffer
  readonly isPreallocated: boolean
}

function fileOf([name, value]: readonly [string, unknown]): readonly [string, SavedFile] {
  const saved: JsonObject = objectAt(value, name)
  const bytes = Buffer.from(textAt(saved, 'hex'), 'hex')
  const isPreallocated = saved['preallocated'] === true
  if (!isPreallocated) assert.equal(bytes.length, numberAt(saved, 'size'), `size of ${name}`)
  return [name, { bytes, isPreallocated }]
}

function checkSnapshot(bytes: Buffer): void {
  const entries = decodeProducerSnapshot(bytes, 0)
  assert.ok(entries !== undefined, 'the snapshot is read')
  assert.equal(toHex(encodeProducerSnapshot(entries)), toHex(bytes), 'snapshot, written again')
}

interface Opened {
  readonly topicId: string | undefined
  readonly leaderEpoch: number
  readonly records: Buffer
}

/** After an orderly shutdown, which cuts the files that were made large. */
async function openedByUs(files: ReadonlyMap<string, SavedFile>): Promise<Opened> {
  const storage = new MemoryStorage()
  storage.makeDirectory(partition)
  for (const [name, { bytes }] of files) storage.writeFile(`${partition}/${name}`, bytes)
  storage.writeFile(`${root}/.kafka_cleanshutdown`, '{"version":0,"brokerEpoch":5}')
  const directory = await openDirectory(storage)
  const log = directory.get('topic', 0)
  assert.ok(log !== undefined, 'the partition is found')
  const opened = { topicId: log.topicId, leaderEpoch: log.leaderEpoch, records: everythingIn(log) }
  await directory.close()
  return opened
}

function everythingIn(log: PartitionLog): Buffer {
  const parts: Buffer[] = []
  for (let offset = log.startOffset; offset < log.highWatermark;) {
    const { records } = log.read(offset, { maxBytes })
    if (records.length === 0) break
    parts.push(Buffer.from(records))
    for (let at = 0; at < records.length; at += sizeInBytesOf(records, at)) {
      offset = lastOffsetOf(records, at) + 1
    }
  }
  return Buffer.concat(parts)
}

async function writtenByUs(records: Buffer, topicId: string): Promise<MemoryStorage> {
  const storage = new MemoryStorage()
  const directory = await openDirectory(storage)
  const log = directory.create('topic', 0, topicId)
  for (let at = 0; at < records.length; at += sizeInBytesOf(records, at)) {
    log.append(Buffer.from(records.subarray(at, at + sizeInBytesOf(records, at))), { origin: 'coordinator' })
  }
  await directory.close()
  return storage
}

function openDirectory(storage: MemoryStorage): Promise<LogDirectory> {
  return LogDirectory.open({ path: root, storage, settingsOf: () => settings })
}

/**
 * An index that Java was still writing; the zeros after its entries are cut in the vector. Ours is closed, and closing
 * adds the last time of the segment, as it does in Java.
 */
function checkUnfinished(ours: Buffer, theirs: Buffer): void {
  assert.equal(toHex(ours.subarray(0, theirs.length)), toHex(theirs))
  const entriesOfTheirs = Math.ceil(theirs.length / timeIndexEntrySizeInBytes)
  assert.ok(ours.length <= (entriesOfTheirs + 1) * timeIndexEntrySizeInBytes, 'no more than the last entry is added')
}
