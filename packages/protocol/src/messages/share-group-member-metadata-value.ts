// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupMemberMetadataValue {
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly subscribedTopicNames: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupMemberMetadataValue(reader: Reader, _version: number): ShareGroupMemberMetadataValue {
  const rackId = reader.compactNullableString()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const subscribedTopicNames = reader.compactStringArray(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupMemberMetadataValue>({
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
  }, unknownTags)
}

function encodeShareGroupMemberMetadataValue(writer: Writer, _version: number, message: Init<ShareGroupMemberMetadataValue>): void {
  const {
    rackId = '',
    clientId = '',
    clientHost = '',
    subscribedTopicNames = [],
    unknownTags,
  } = message
  writer.compactNullableString(rackId)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.compactArrayLength(subscribedTopicNames.length)
  writer.compactStringArray(subscribedTopicNames)
  writer.unknownTags(unknownTags)
}

/** Record type 10 of a coordinator's topic: the value. */
export const shareGroupMemberMetadataValue: MessageCodec<ShareGroupMemberMetadataValue> = messageCodec(
  'ShareGroupMemberMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareGroupMemberMetadataValue,
  encodeShareGroupMemberMetadataValue,
)
