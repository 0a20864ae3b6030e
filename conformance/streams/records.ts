import type { RawRecord } from '@streamwright/streams/testing'
import type { JsonObject } from '../json.ts'
import { listAt, textAt } from '../json.ts'
import { expectSame, sortedEntries } from './compare.ts'
import { headersForm, headersFrom } from './header-forms.ts'
import { encoded } from './serde-names.ts'
import type { Vector } from './vector.ts'
import { optionalText } from './vector.ts'

/** The record of an input in bytes. */
export function inputRecord(vector: Vector, json: JsonObject): RawRecord {
  const topic = textAt(json, 'topic')
  const serdes = vector.topics[topic]
  const bytes = (field: 'key' | 'value', raw: string): Buffer | null => {
    if (raw in json) return json[raw] === null ? null : Buffer.from(textAt(json, raw), 'hex')
    return serdes === undefined ? encoded('string', json[field], topic) : encoded(serdes[field], json[field], topic)
  }
  return {
    topic,
    key: bytes('key', 'rawKey'),
    value: bytes('value', 'rawValue'),
    timestamp: Number(json['ts'] ?? 0),
    headers: headersFrom(json['headers']),
  }
}

/** Compares what a step wrote, topic by topic. */
export function checkRecords(
  actual: readonly RawRecord[],
  expect: JsonObject,
  where: string,
  comparesPartitions: boolean,
  bufferTopics: ReadonlySet<string>,
): void {
  const expected = Map.groupBy(listAt(expect, 'records'), (record) => textAt(record, 'topic'))
  const ours = Map.groupBy(actual, (record) => record.topic)
  for (const topic of new Set([...expected.keys(), ...ours.keys()])) {
    const listed = expected.get(topic) ?? []
    const wanted = bufferTopics.has(topic) ? listed.toSorted(byRawKey) : listed
    const got = ours.get(topic) ?? []
    const wantedForms = wanted.map((record) => expectedForm(record, comparesPartitions))
    // A buffer logs its keys in hash order in Java.
    const isBuffer = bufferTopics.has(topic)
    const gotInOrder = isBuffer ? got.toSorted(byKey) : got
    const gotForms = gotInOrder.map((record, index) => actualForm(record, wanted[index], comparesPartitions))
    expectSame(gotForms, wantedForms, `${where}: records of ${topic}`)
  }
}

// Within a step each key is logged once, so that keys give one order.
function byKey(left: RawRecord, right: RawRecord): number {
  return Buffer.compare(left.key ?? Buffer.alloc(0), right.key ?? Buffer.alloc(0))
}

function byRawKey(left: JsonObject, right: JsonObject): number {
  return Buffer.compare(Buffer.from(String(left['rawKey']), 'hex'), Buffer.from(String(right['rawKey']), 'hex'))
}

function expectedForm(record: JsonObject, comparesPartitions: boolean): unknown {
  return {
    ts: isAnyTime(record['ts']) ? 'any' : record['ts'],
    headers: (record['headers'] as readonly unknown[] | undefined)?.map(withoutVolatile) ?? [],
    rawKey: record['rawKey'] ?? null,
    rawValue: comparable(record['rawValue'] ?? null),
    ...(comparesPartitions && 'partition' in record ? { partition: record['partition'] } : {}),
  }
}

function actualForm(record: RawRecord, wanted: JsonObject | undefined, comparesPartitions: boolean): unknown {
  return {
    ts: wanted !== undefined && isAnyTime(wanted['ts']) ? 'any' : record.timestamp,
    headers: headersForm(record.headers).map(withoutVolatile),
    rawKey: record.key?.toString('hex') ?? null,
    rawValue: comparable(record.value?.toString('hex') ?? null),
    ...(comparesPartitions && wanted !== undefined && 'partition' in wanted ? { partition: record.partition } : {}),
  }
}

/**
 * The result of a store command as it can be compared: which exception a wrong call raises is the library's own, and
 * entries of several keys come in any order.
 */
function comparable(hex: unknown): unknown {
  if (typeof hex !== 'string' || !/^(7b226572726f72223a|5b5b7b226b6579223a)/.test(hex)) return hex
  const text = Buffer.from(hex, 'hex').toString('utf8')
  if (text.startsWith('{"error":')) return '{"error"}'
  try {
    return sortedEntries(JSON.parse(text))
  } catch {
    return hex
  }
}

function isAnyTime(ts: unknown): boolean {
  return ts === null || ts === '<system clock>'
}

const volatile = new Set(['__streams.errors.stacktrace', '__streams.errors.message', '__streams.errors.exception'])

function withoutVolatile(header: unknown): unknown {
  const [name, value] = header as readonly unknown[]
  return [name, volatile.has(String(name)) ? '' : value]
}

export function isPartitionVector(vector: Vector): boolean {
  return vector.topology.some((step) => 'partitioner' in step || partitionerIn(step['produced']))
}

function partitionerIn(value: unknown): boolean {
  return typeof value === 'object' && value !== null && optionalText(value as JsonObject, 'partitioner') === undefined
    ? 'partitioner' in value
    : false
}
