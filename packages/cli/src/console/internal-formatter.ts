import { jsonText } from '../internal-records/definition-json.ts'
import type { InternalRecord, RecordTypes } from '../internal-records/internal-record.ts'
import { offsetsRecordTypes, readInternalRecord, transactionRecordTypes } from '../internal-records/internal-record.ts'
import type { MessageFormatter } from './message-formatter.ts'

const nothing = Buffer.alloc(0)

/** Kafka's formatters of internal topics by their classes: JSON of the types of records that each lets through. */
export const internalFormatters: ReadonlyMap<string, MessageFormatter> = new Map([
  ['org.apache.kafka.tools.consumer.OffsetsMessageFormatter', formatter(offsetsRecordTypes, [0, 1])],
  ['org.apache.kafka.tools.consumer.GroupMetadataMessageFormatter', formatter(offsetsRecordTypes, [2])],
  ['org.apache.kafka.tools.consumer.TransactionLogMessageFormatter', formatter(transactionRecordTypes, [0])],
])

/** Java's puts nothing between two records, not even the end of a line. */
function formatter(types: RecordTypes, shown: readonly number[]): MessageFormatter {
  return ({ key, value }) => {
    if (key === null) return nothing
    const record = readInternalRecord(types, key, value)
    return typeof record === 'number' || !shown.includes(record.type) ? nothing : Buffer.from(recordText(record))
  }
}

function recordText({ type, key, value }: InternalRecord): string {
  const shown = value === null ? 'null' : `{"version":${value.version},"data":${jsonText(value.data)}}`
  return `{"key":{"type":${type},"data":${jsonText(key)}},"value":${shown}}`
}
