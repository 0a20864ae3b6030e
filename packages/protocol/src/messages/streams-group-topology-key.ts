// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTopologyKey {
  readonly groupId: string
}

function decodeStreamsGroupTopologyKey(reader: Reader, _version: number): StreamsGroupTopologyKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeStreamsGroupTopologyKey(writer: Writer, _version: number, message: Init<StreamsGroupTopologyKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 23 of a coordinator's topic: the key. */
export const streamsGroupTopologyKey: MessageCodec<StreamsGroupTopologyKey> = messageCodec(
  'StreamsGroupTopologyKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupTopologyKey,
  encodeStreamsGroupTopologyKey,
)
