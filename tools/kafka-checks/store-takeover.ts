import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Admin, Producer } from '@streamwright/client'
import {
  KafkaStreams,
  SessionWindows,
  Stores,
  StreamsBuilder,
  Suppressed,
  TimeWindows,
  serdes,
} from '@streamwright/streams'
import type { ReadOnlyVersionedKeyValueStore, Topology } from '@streamwright/streams'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import type { CheckList } from './check-list.ts'
import { JavaProgram } from './java-program.ts'
import { readRecords } from './word-count-run.ts'

const inputTopic = 'stores-in'
const outputTopic = 'stores-out'
const applicationId = 'stores'
const baseMs = 1_700_000_000_000

/** What `StoreTakeover.java` is in Java. */
function topology(): Topology {
  const builder = new StreamsBuilder()
  const group = builder.stream(inputTopic, { key: serdes.string, value: serdes.string }).groupByKey()
  const produced = { key: serdes.string, value: serdes.long }
  const supplier = Stores.persistentVersionedKeyValueStore('versions', { historyRetentionMs: 1000 })
  group.count({ supplier }).toStream().to(outputTopic, produced)
  group
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .count({ store: 'windows' })
    .suppress(Suppressed.untilWindowCloses({ name: 'closed' }))
    .toStream(({ key, window }) => `${key}@${window.startMs % 1000}`)
    .to(outputTopic, produced)
  group
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(1, 100))
    .count({ store: 'sessions' })
    .toStream(({ key, window }) => `${key}[${window.startMs % 1000},${window.endMs % 1000}]`)
    .to(outputTopic, produced)
  return builder.build()
}

/**
 * Versions, windows that wait to be closed, and sessions go from ours to Java and back by their changelogs alone: each
 * program begins with an empty directory.
 */
export async function storesTakeOver(
  list: CheckList,
  bootstrapServers: string,
  kafka: KafkaInstallation,
  classes: string,
): Promise<void> {
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([inputTopic, outputTopic].map((name) => ({ name, partitions: 1, replicationFactor: 1 })))
  await admin.close()
  let seen = 0

  /** Sends records at these times, and returns what is new in the output once there is so much of it. */
  const feed = async (times: readonly number[], outputs: number): Promise<string[]> => {
    const producer = new Producer({ bootstrapServers })
    await producer.send(times.map((time) => ({ topic: inputTopic, key: 'a', value: 'x', timestamp: baseMs + time })))
    await producer.close()
    const records = await readRecords(bootstrapServers, outputTopic, seen + outputs)
    const texts = records
      .slice(seen)
      .map(({ key, value }) => `${key?.toString() ?? ''} ${value?.readBigInt64BE() ?? 'null'}`)
    seen = records.length
    return texts.toSorted()
  }
  const withOurs = async (during: (streams: KafkaStreams) => Promise<void>): Promise<void> => {
    const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-stores-'))
    const config = { applicationId, bootstrapServers, stateDir, statestoreCacheMaxBytes: 0, commitIntervalMs: 200 }
    const streams = new KafkaStreams(topology(), config)
    try {
      await streams.start()
      await during(streams)
      await streams.close()
    } finally {
      rmSync(stateDir, { recursive: true, force: true })
    }
  }

  await list.check('our versions, windows and sessions begin', () =>
    withOurs(async () => {
      assert.deepEqual(await feed([1, 3], 4), ['a 1', 'a 2', 'a[1,1] 1', 'a[3,3] 1'])
    }),
  )
  await list.check('Java takes over our versions, buffered windows and sessions', async () => {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'streamwright-java-state-'))
    const settings = ['statestore.cache.max.bytes=0', 'commit.interval.ms=200']
    const argv = [bootstrapServers, applicationId, stateDirectory, ...settings]
    const program = await JavaProgram.start(kafka, 'StoreTakeover', classes, argv)
    assert.deepEqual(await feed([4, 12], 6), ['a 3', 'a 4', 'a@0 3', 'a[12,12] 1', 'a[3,3] null', 'a[3,4] 2'])
    await program.close()
    rmSync(stateDirectory, { recursive: true, force: true })
  })
  await list.check("ours takes over Java's versions, buffered windows and sessions", () =>
    withOurs(async (streams) => {
      const expected = ['a 5', 'a 6', 'a@10 2', 'a[12,12] null', 'a[12,13] 2', 'a[25,25] 1']
      assert.deepEqual(await feed([13, 25], 6), expected)
      const store = streams.localStores('versions').get(0) as ReadOnlyVersionedKeyValueStore<string, number> | undefined
      const versions = [...(store?.versions('a', baseMs, baseMs + 100) ?? [])]
      assert.deepEqual(
        versions.map(({ value, timestamp }) => `${value}@${timestamp - baseMs}`),
        ['1@1', '2@3', '3@4', '4@12', '5@13', '6@25'],
      )
    }),
  )
}
