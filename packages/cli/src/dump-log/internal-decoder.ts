import {
  consumerProtocolAssignment,
  consumerProtocolSubscription,
} from '@streamwright/protocol/definitions/consumer-protocol'
import type { JsonStruct } from '../internal-records/definition-json.ts'
import { jsonText, readVersioned } from '../internal-records/definition-json.ts'
import type { RecordTypes } from '../internal-records/internal-record.ts'
import { offsetsRecordTypes, readInternalRecord, transactionRecordTypes } from '../internal-records/internal-record.ts'

/** What is shown of a record: its key and, unless there is nothing to say of it, its payload. */
export type RecordDecoder = (key: Buffer | null, value: Buffer | null, offset: number) => readonly string[]

/** The decoders of whole records by their option. */
export const recordDecoders: ReadonlyMap<string, RecordDecoder> = new Map([
  ['offsets-decoder', recordDecoder(offsetsRecordTypes)],
  ['transaction-log-decoder', recordDecoder(transactionRecordTypes)],
])

function recordDecoder(types: RecordTypes): RecordDecoder {
  return (key, value, offset) => {
    if (key === null) return [`key: Error at offset ${offset}, skipping. The record has no key`]
    try {
      const record = readInternalRecord(types, key, value)
      if (typeof record === 'number') return [`key: Unknown record type ${record} at offset ${offset}, skipping.`]
      // The numbers are in quotes here, unlike in the console consumer's formatters.
      const shownKey = `key: {"type":"${record.type}","data":${jsonText(record.key)}}`
      if (record.value === null) return [shownKey, 'payload: <DELETE>']
      const { version, data } = record.value
      showMembers(data)
      return [shownKey, `payload: {"version":"${version}","data":${jsonText(data)}}`]
    } catch (error) {
      return [`key: Error at offset ${offset}, skipping. ${error instanceof Error ? error.message : String(error)}`]
    }
  }
}

/** What consumers put into a classic group's metadata is shown by its fields. */
function showMembers(data: JsonStruct): void {
  const members = data.get('members')
  if (data.get('protocolType') !== 'consumer' || !Array.isArray(members)) return
  for (const member of members) {
    if (!(member instanceof Map)) continue
    for (const [name, definition] of consumerFields) {
      const bytes: unknown = member.get(name)
      if (Buffer.isBuffer(bytes)) member.set(name, readVersioned(bytes, definition).data)
    }
  }
}

const consumerFields = [
  ['subscription', consumerProtocolSubscription],
  ['assignment', consumerProtocolAssignment],
] as const
