// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupMemberMetadataValue {
  readonly instanceId: string | null
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly subscribedTopicNames: readonly string[]
  readonly subscribedTopicRegex: string | null
  /** Default: -1. */
  readonly rebalanceTimeoutMs: number
  readonly serverAssignor: string | null
  readonly classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  readonly sessionTimeoutMs: number
  readonly supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocol[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  readonly name: string
  readonly metadata: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

const defaultConsumerGroupMemberMetadataValueClassicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata = {
  sessionTimeoutMs: 0,
  supportedProtocols: [],
}

function isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(message: Init<ConsumerGroupMemberMetadataValueClassicMemberMetadata>): boolean {
  if (message === defaultConsumerGroupMemberMetadataValueClassicMemberMetadata) return true
  if (message.sessionTimeoutMs !== undefined && message.sessionTimeoutMs !== 0) return false
  if (message.supportedProtocols !== undefined && message.supportedProtocols.length !== 0) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeConsumerGroupMemberMetadataValueClassicProtocol(reader: Reader, _version: number): ConsumerGroupMemberMetadataValueClassicProtocol {
  const name = reader.compactString()
  const metadata = reader.compactBytes()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupMemberMetadataValueClassicProtocol>({ name, metadata }, unknownTags)
}

function decodeConsumerGroupMemberMetadataValueClassicProtocolArray(reader: Reader, version: number, count: number): ConsumerGroupMemberMetadataValueClassicProtocol[] {
  const elements: ConsumerGroupMemberMetadataValueClassicProtocol[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupMemberMetadataValueClassicProtocol(reader, version))
  return elements
}

function decodeConsumerGroupMemberMetadataValueClassicMemberMetadata(reader: Reader, version: number): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const sessionTimeoutMs = reader.int32()
  const supportedProtocols = decodeConsumerGroupMemberMetadataValueClassicProtocolArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupMemberMetadataValueClassicMemberMetadata>({
    sessionTimeoutMs,
    supportedProtocols,
  }, unknownTags)
}

function decodeConsumerGroupMemberMetadataValue(reader: Reader, version: number): ConsumerGroupMemberMetadataValue {
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const subscribedTopicNames = reader.compactStringArray(reader.compactArrayLength(1))
  const subscribedTopicRegex = reader.compactNullableString()
  const rebalanceTimeoutMs = reader.int32()
  const serverAssignor = reader.compactNullableString()
  let classicMemberMetadata: ConsumerGroupMemberMetadataValue['classicMemberMetadata'] = defaultConsumerGroupMemberMetadataValueClassicMemberMetadata
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      classicMemberMetadata = (reader.taggedStructPresent()
      ? decodeConsumerGroupMemberMetadataValueClassicMemberMetadata(reader, version)
      : null)
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<ConsumerGroupMemberMetadataValue>({
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classicMemberMetadata,
  }, unknownTags)
}

function encodeConsumerGroupMemberMetadataValueClassicProtocol(writer: Writer, _version: number, message: Init<ConsumerGroupMemberMetadataValueClassicProtocol>): void {
  const {
    name = '',
    metadata = noBytes,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactBytes(metadata)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupMemberMetadataValueClassicMemberMetadata(writer: Writer, version: number, message: Init<ConsumerGroupMemberMetadataValueClassicMemberMetadata>): void {
  const {
    sessionTimeoutMs = 0,
    supportedProtocols = [],
    unknownTags,
  } = message
  writer.int32(sessionTimeoutMs)
  writer.compactArrayLength(supportedProtocols.length)
  for (const element of supportedProtocols) encodeConsumerGroupMemberMetadataValueClassicProtocol(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupMemberMetadataValue(writer: Writer, version: number, message: Init<ConsumerGroupMemberMetadataValue>): void {
  const {
    instanceId = '',
    rackId = '',
    clientId = '',
    clientHost = '',
    subscribedTopicNames = [],
    subscribedTopicRegex = '',
    rebalanceTimeoutMs = -1,
    serverAssignor = '',
    classicMemberMetadata = defaultConsumerGroupMemberMetadataValueClassicMemberMetadata,
    unknownTags,
  } = message
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.compactArrayLength(subscribedTopicNames.length)
  writer.compactStringArray(subscribedTopicNames)
  writer.compactNullableString(subscribedTopicRegex)
  writer.int32(rebalanceTimeoutMs)
  writer.compactNullableString(serverAssignor)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = classicMemberMetadata === null || !isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(classicMemberMetadata)
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.taggedStructPresent(classicMemberMetadata !== null)
        if (classicMemberMetadata !== null) encodeConsumerGroupMemberMetadataValueClassicMemberMetadata(inner, version, classicMemberMetadata)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record type 5 of a coordinator's topic: the value. */
export const consumerGroupMemberMetadataValue: MessageCodec<ConsumerGroupMemberMetadataValue> = messageCodec(
  'ConsumerGroupMemberMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupMemberMetadataValue,
  encodeConsumerGroupMemberMetadataValue,
)
