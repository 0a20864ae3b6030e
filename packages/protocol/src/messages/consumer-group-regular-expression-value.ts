// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupRegularExpressionValue {
  readonly topics: readonly string[]
  readonly version: bigint
  readonly timestamp: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupRegularExpressionValue(reader: Reader, _version: number): ConsumerGroupRegularExpressionValue {
  const topics = reader.compactStringArray(reader.compactArrayLength(1))
  const versionField = reader.int64()
  const timestamp = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupRegularExpressionValue>({ topics, version: versionField, timestamp }, unknownTags)
}

function encodeConsumerGroupRegularExpressionValue(writer: Writer, _version: number, message: Init<ConsumerGroupRegularExpressionValue>): void {
  const {
    topics = [],
    version: versionField = 0n,
    timestamp = 0n,
    unknownTags,
  } = message
  writer.compactArrayLength(topics.length)
  writer.compactStringArray(topics)
  writer.int64(versionField)
  writer.int64(timestamp)
  writer.unknownTags(unknownTags)
}

/** Record type 16 of a coordinator's topic: the value. */
export const consumerGroupRegularExpressionValue: MessageCodec<ConsumerGroupRegularExpressionValue> = messageCodec(
  'ConsumerGroupRegularExpressionValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupRegularExpressionValue,
  encodeConsumerGroupRegularExpressionValue,
)
