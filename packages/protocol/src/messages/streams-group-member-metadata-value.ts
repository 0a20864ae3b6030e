// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupMemberMetadataValue {
  readonly instanceId: string | null
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** Default: -1. */
  readonly rebalanceTimeoutMs: number
  readonly topologyEpoch: number
  readonly processId: string
  /** Default: null. */
  readonly userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null
  readonly clientTags: readonly StreamsGroupMemberMetadataValueKeyValue[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupMemberMetadataValueEndpoint {
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupMemberMetadataValueKeyValue {
  readonly key: string
  readonly value: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupMemberMetadataValueKeyValue(reader: Reader, _version: number): StreamsGroupMemberMetadataValueKeyValue {
  const key = reader.compactString()
  const value = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupMemberMetadataValueKeyValue>({ key, value }, unknownTags)
}

function decodeStreamsGroupMemberMetadataValueKeyValueArray(reader: Reader, version: number, count: number): StreamsGroupMemberMetadataValueKeyValue[] {
  const elements: StreamsGroupMemberMetadataValueKeyValue[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupMemberMetadataValueKeyValue(reader, version))
  return elements
}

function decodeStreamsGroupMemberMetadataValueEndpoint(reader: Reader, _version: number): StreamsGroupMemberMetadataValueEndpoint {
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupMemberMetadataValueEndpoint>({ host, port }, unknownTags)
}

function decodeStreamsGroupMemberMetadataValue(reader: Reader, version: number): StreamsGroupMemberMetadataValue {
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const rebalanceTimeoutMs = reader.int32()
  const topologyEpoch = reader.int32()
  const processId = reader.compactString()
  const userEndpoint = (reader.structPresent() ? decodeStreamsGroupMemberMetadataValueEndpoint(reader, version) : null)
  const clientTags = decodeStreamsGroupMemberMetadataValueKeyValueArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupMemberMetadataValue>({
    instanceId,
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
  }, unknownTags)
}

function encodeStreamsGroupMemberMetadataValueKeyValue(writer: Writer, _version: number, message: Init<StreamsGroupMemberMetadataValueKeyValue>): void {
  const {
    key = '',
    value = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.compactString(value)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupMemberMetadataValueEndpoint(writer: Writer, _version: number, message: Init<StreamsGroupMemberMetadataValueEndpoint>): void {
  const {
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupMemberMetadataValue(writer: Writer, version: number, message: Init<StreamsGroupMemberMetadataValue>): void {
  const {
    instanceId = '',
    rackId = '',
    clientId = '',
    clientHost = '',
    rebalanceTimeoutMs = -1,
    topologyEpoch = 0,
    processId = '',
    userEndpoint = null,
    clientTags = [],
    unknownTags,
  } = message
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.int32(rebalanceTimeoutMs)
  writer.int32(topologyEpoch)
  writer.compactString(processId)
  writer.structPresent(userEndpoint !== null)
  if (userEndpoint !== null) encodeStreamsGroupMemberMetadataValueEndpoint(writer, version, userEndpoint)
  writer.compactArrayLength(clientTags.length)
  for (const element of clientTags) encodeStreamsGroupMemberMetadataValueKeyValue(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 19 of a coordinator's topic: the value. */
export const streamsGroupMemberMetadataValue: MessageCodec<StreamsGroupMemberMetadataValue> = messageCodec(
  'StreamsGroupMemberMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupMemberMetadataValue,
  encodeStreamsGroupMemberMetadataValue,
)
