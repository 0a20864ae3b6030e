import { Reader } from '@streamwright/protocol'
import * as consumerGroups from '@streamwright/protocol/definitions/consumer-group-records'
import type { MessageDefinition } from '@streamwright/protocol/definitions/definition'
import * as groups from '@streamwright/protocol/definitions/group-records'
import * as shareGroups from '@streamwright/protocol/definitions/share-group-records'
import * as streamsGroups from '@streamwright/protocol/definitions/streams-group-records'
import * as transactions from '@streamwright/protocol/definitions/transaction-records'
import type { JsonStruct } from './definition-json.ts'
import { readMessage, readVersioned } from './definition-json.ts'

/** The messages of an internal topic by the number that begins a key. */
export type RecordTypes = ReadonlyMap<number, { readonly key?: MessageDefinition; readonly value?: MessageDefinition }>

/** A record of an internal topic, read; value null: a tombstone. */
export interface InternalRecord {
  readonly type: number
  readonly key: JsonStruct
  readonly value: { readonly version: number; readonly data: JsonStruct } | null
}

/** What `__consumer_offsets` holds. */
export const offsetsRecordTypes: RecordTypes = recordTypes([
  ...Object.values<MessageDefinition>(groups),
  ...Object.values<MessageDefinition>(consumerGroups),
  ...Object.values<MessageDefinition>(shareGroups),
  ...Object.values<MessageDefinition>(streamsGroups),
])

/** What `__transaction_state` holds. */
export const transactionRecordTypes: RecordTypes = recordTypes(Object.values<MessageDefinition>(transactions))

/** Reads a record; a number if its key's type is not known. Throws for what is damaged or of an unknown version. */
export function readInternalRecord(types: RecordTypes, key: Buffer, value: Buffer | null): InternalRecord | number {
  const reader = new Reader(key)
  const type = reader.int16()
  const found = types.get(type)
  if (found?.key === undefined || found.value === undefined) return type
  return {
    type,
    key: readMessage(reader, found.key, 0),
    value: value === null ? null : readVersioned(value, found.value),
  }
}

function recordTypes(definitions: readonly MessageDefinition[]): RecordTypes {
  const types = new Map<number, { key?: MessageDefinition; value?: MessageDefinition }>()
  for (const definition of definitions) {
    if (definition.recordType === undefined) continue
    const isKey = definition.kind === 'coordinator-key'
    types.set(definition.recordType, { ...types.get(definition.recordType), [isKey ? 'key' : 'value']: definition })
  }
  return types
}
