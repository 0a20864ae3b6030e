import { readFileSync } from 'node:fs'
import { asError } from '@streamwright/std'
import { ArgumentError } from '../command-line/usage-error.ts'

/** Where one partition is to be. */
export interface PlannedPartition {
  readonly topic: string
  readonly partition: number
  readonly replicas: readonly number[]
  /** One for each replica; `any` where it does not matter. */
  readonly logDirs: readonly string[]
}

/** Kafka's tool prints its errors to standard output. */
export class ReassignmentError extends ArgumentError {
  override readonly name = 'ReassignmentError'
}

/** A document as Kafka's tools write it: no blanks. */
export function reassignmentText(partitions: readonly PlannedPartition[]): string {
  return JSON.stringify({
    version: 1,
    partitions: partitions.map(({ topic, partition, replicas, logDirs }) => ({
      topic,
      partition,
      replicas,
      log_dirs: logDirs,
    })),
  })
}

/** Reads `--reassignment-json-file`. Throws {@link ReassignmentError} in Kafka's words. */
export function reassignmentFile(path: string): readonly PlannedPartition[] {
  const content = jsonFile(path)
  checkVersion(content)
  const list = content['partitions']
  if (!Array.isArray(list) || list.length === 0)
    throw new ReassignmentError('Partition reassignment list cannot be empty')
  const planned = list.map((each: unknown): PlannedPartition => {
    const row = recordOf(each)
    const replicas = numbersOf(row['replicas'])
    const logDirs = Array.isArray(row['log_dirs']) ? row['log_dirs'].map(String) : replicas.map(() => 'any')
    const place = { topic: String(row['topic']), partition: Number(row['partition']) }
    if (logDirs.length !== replicas.length) {
      throw new ReassignmentError(
        `Size of replicas list [${replicas.join(', ')}] is different from size of log dirs list [${logDirs.join(', ')}] for partition ${place.topic}-${place.partition}`,
      )
    }
    return { ...place, replicas, logDirs }
  })
  checkDuplicates(planned)
  return planned
}

/** Reads `--topics-to-move-json-file`. */
export function topicsFile(path: string): readonly string[] {
  const content = jsonFile(path)
  checkVersion(content)
  const list = content['topics']
  const topics = Array.isArray(list) ? list.map((each: unknown) => String(recordOf(each)['topic'])) : []
  const repeated = topics.filter((topic, index) => topics.indexOf(topic) !== index)
  if (repeated.length > 0)
    throw new ReassignmentError(
      `List of topics to reassign contains duplicate entries: [${[...new Set(repeated)].join(', ')}]`,
    )
  return topics
}

function jsonFile(path: string): Readonly<Record<string, unknown>> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new ReassignmentError(`Unable to read file ${path}`)
  }
  try {
    return recordOf(JSON.parse(text))
  } catch (error) {
    throw new ReassignmentError(asError(error).message)
  }
}

function checkVersion(content: Readonly<Record<string, unknown>>): void {
  const version = content['version'] ?? 1
  if (version !== 1) throw new ReassignmentError(`Not supported version field value ${JSON.stringify(version)}`)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}

function checkDuplicates(planned: readonly PlannedPartition[]): void {
  const keys = planned.map(({ topic, partition }) => `${topic}-${partition}`)
  const repeated = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))]
  if (repeated.length > 0)
    throw new ReassignmentError(`Partition reassignment contains duplicate topic partitions: ${repeated.join(',')}`)
  const twice = planned.flatMap(({ topic, partition, replicas }) => {
    const ids = [...new Set(replicas.filter((id, index) => replicas.indexOf(id) !== index))]
    return ids.length === 0 ? [] : [`${topic}-${partition} contains multiple entries for ${ids.join(',')}`]
  })
  if (twice.length > 0)
    throw new ReassignmentError(`Partition replica lists may not contain duplicate entries: ${twice.join('. ')}`)
}
