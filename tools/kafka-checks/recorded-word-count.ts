import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { ConsumedRecord } from '@streamwright/client'
import { createQuickstartTopics, feedLines, outputTopic, readRecords, withWordCount } from './word-count-run.ts'

type RecordedRecord = readonly [
  key: string | null,
  value: string | null,
  timestamp: number,
  headers: readonly unknown[],
]

interface RecordedSession {
  readonly name: string
  readonly config: Readonly<Record<string, string>>
  readonly fed: string
  readonly lines: readonly string[]
  readonly changelog: readonly RecordedRecord[]
  readonly repartition: readonly RecordedRecord[]
  readonly output: readonly RecordedRecord[]
}

const path = new URL('../../conformance/data/word-count/records.json', import.meta.url)

/** What Java's word count wrote when all lines were there before it started. */
export function recordedSession(name: string): RecordedSession {
  const { sessions }: { sessions: RecordedSession[] } = JSON.parse(readFileSync(path, 'utf8'))
  const session = sessions.find((each) => each.name === name)
  assert.ok(session !== undefined, `There is no recorded session ${name}`)
  return session
}

function raw({ key, value, timestamp, headers }: ConsumedRecord): RecordedRecord {
  return [key?.toString('hex') ?? null, value?.toString('hex') ?? null, timestamp, headers]
}

/**
 * Runs our word count on a fresh cluster as a recorded session did, and compares the records of changelog, repartition
 * and output topics byte for byte, in order.
 */
export async function matchesRecordedSession(bootstrapServers: string, name: string): Promise<void> {
  const session = recordedSession(name)
  const applicationId = 'streams-wordcount'
  const internal = `${applicationId}-KSTREAM-AGGREGATE-STATE-STORE-0000000003`
  await createQuickstartTopics(bootstrapServers)
  await feedLines(bootstrapServers, session.lines)
  const config = {
    ...session.config,
    ...(session.config['statestore.cache.max.bytes'] === undefined ? { statestoreCacheMaxBytes: 10_485_760 } : {}),
    'commit.interval.ms': '1000',
  }
  let repartition: ConsumedRecord[] = []
  await withWordCount(bootstrapServers, applicationId, config, async () => {
    repartition = await readRecords(bootstrapServers, `${internal}-repartition`, session.repartition.length)
    await readRecords(bootstrapServers, outputTopic, session.output.length)
  })
  const changelog = await readRecords(bootstrapServers, `${internal}-changelog`, session.changelog.length)
  const output = await readRecords(bootstrapServers, outputTopic, session.output.length)
  assert.deepEqual(repartition.map(raw), session.repartition, 'repartition topic')
  assert.deepEqual(changelog.map(raw), session.changelog, 'changelog topic')
  assert.deepEqual(output.map(raw), session.output, 'output topic')
}
