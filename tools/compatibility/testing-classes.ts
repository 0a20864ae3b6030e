import type { TestInputTopic, TestOutputTopic, TestRecord, TopologyTestDriver } from '@streamwright/streams/testing'
import { javaClass } from './places.ts'
import type { JavaClass } from './places.ts'

const settings = { is: 'new', note: 'options: `config`, `startTimeMs` (default 0), `strict`' } as const
const field = { leftOut: 'the same as the field' }
const plainObject = { leftOut: 'a record is a plain object: `{ key, value, timestamp, headers }`' }

/** The classes of `kafka-streams-test-utils`. */
export const testingClasses: readonly JavaClass[] = [
  javaClass<TopologyTestDriver>('TopologyTestDriver', 'TopologyTestDriver', {
    TopologyTestDriver: settings,
    metrics: 'metrics',
    advanceWallClockTime: 'advanceWallClockTime',
    createInputTopic: { is: 'createInputTopic', note: 'options: `startTimestamp`, `autoAdvanceMs`' },
    createOutputTopic: 'createOutputTopic',
    producedTopicNames: 'producedTopicNames',
    getAllStateStores: 'getAllStateStores',
    getStateStore: 'getStateStore',
    getKeyValueStore: 'getKeyValueStore',
    getTimestampedKeyValueStore: 'getTimestampedKeyValueStore',
    getTimestampedKeyValueStoreWithHeaders: 'getTimestampedKeyValueStoreWithHeaders',
    getVersionedKeyValueStore: 'getVersionedKeyValueStore',
    getWindowStore: 'getWindowStore',
    getTimestampedWindowStore: 'getTimestampedWindowStore',
    getTimestampedWindowStoreWithHeaders: 'getTimestampedWindowStoreWithHeaders',
    getSessionStore: 'getSessionStore',
    getSessionStoreWithHeaders: 'getSessionStoreWithHeaders',
    close: 'close',
  }),
  javaClass<TestInputTopic<unknown, unknown>>('TestInputTopic', 'TestInputTopic', {
    advanceTime: 'advanceTime',
    pipeInput: 'pipeInput',
    'pipeInput(TestRecord)': { is: 'pipe', note: 'a plain object' },
    'pipeInput(V, Instant)': { is: 'pipe', note: 'without `key`: `pipeInput` takes two arguments for key and value' },
    pipeRecordList: 'pipeRecordList',
    pipeKeyValueList: { is: 'pipeKeyValueList', note: 'options: `startTimestamp`, `advanceMs`' },
    pipeValueList: { is: 'pipeValueList', note: 'options: `startTimestamp`, `advanceMs`' },
  }),
  javaClass<TestOutputTopic<unknown, unknown>>('TestOutputTopic', 'TestOutputTopic', {
    readValue: 'readValue',
    readKeyValue: 'readKeyValue',
    readRecord: 'readRecord',
    readRecordsToList: 'readRecordsToList',
    readKeyValuesToMap: 'readKeyValuesToMap',
    readKeyValuesToList: 'readKeyValuesToList',
    readValuesToList: 'readValuesToList',
    getQueueSize: 'queueSize',
    isEmpty: 'isEmpty',
  }),
  javaClass<TestRecord<unknown, unknown>>('TestRecord', 'TestRecord', {
    TestRecord: plainObject,
    headers: 'headers',
    key: 'key',
    value: 'value',
    timestamp: 'timestamp',
    getHeaders: field,
    getKey: field,
    getValue: field,
    getRecordTime: field,
  }),
]
