// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupRegularExpressionKey {
  readonly groupId: string
  readonly regularExpression: string
}

function decodeConsumerGroupRegularExpressionKey(reader: Reader, _version: number): ConsumerGroupRegularExpressionKey {
  const groupId = reader.string()
  const regularExpression = reader.string()
  return { groupId, regularExpression }
}

function encodeConsumerGroupRegularExpressionKey(writer: Writer, _version: number, message: Init<ConsumerGroupRegularExpressionKey>): void {
  const {
    groupId = '',
    regularExpression = '',
  } = message
  writer.string(groupId)
  writer.string(regularExpression)
}

/** Record type 16 of a coordinator's topic: the key. */
export const consumerGroupRegularExpressionKey: MessageCodec<ConsumerGroupRegularExpressionKey> = messageCodec(
  'ConsumerGroupRegularExpressionKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupRegularExpressionKey,
  encodeConsumerGroupRegularExpressionKey,
)
