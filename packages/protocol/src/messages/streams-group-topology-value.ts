// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTopologyValue {
  readonly epoch: number
  readonly subtopologies: readonly StreamsGroupTopologyValueSubtopology[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupTopologyValueSubtopology {
  readonly subtopologyId: string
  readonly sourceTopics: readonly string[]
  readonly sourceTopicRegex: readonly string[]
  readonly stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfo[]
  readonly repartitionSinkTopics: readonly string[]
  readonly repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfo[]
  readonly copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupTopologyValueTopicInfo {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly topicConfigs: readonly StreamsGroupTopologyValueTopicConfig[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupTopologyValueTopicConfig {
  readonly key: string
  readonly value: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupTopologyValueCopartitionGroup {
  readonly sourceTopics: readonly number[]
  readonly sourceTopicRegex: readonly number[]
  readonly repartitionSourceTopics: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupTopologyValueCopartitionGroup(reader: Reader, _version: number): StreamsGroupTopologyValueCopartitionGroup {
  const sourceTopics = reader.int16Array(reader.compactArrayLength(2))
  const sourceTopicRegex = reader.int16Array(reader.compactArrayLength(2))
  const repartitionSourceTopics = reader.int16Array(reader.compactArrayLength(2))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTopologyValueCopartitionGroup>({
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
  }, unknownTags)
}

function decodeStreamsGroupTopologyValueCopartitionGroupArray(reader: Reader, version: number, count: number): StreamsGroupTopologyValueCopartitionGroup[] {
  const elements: StreamsGroupTopologyValueCopartitionGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupTopologyValueCopartitionGroup(reader, version))
  return elements
}

function decodeStreamsGroupTopologyValueTopicConfig(reader: Reader, _version: number): StreamsGroupTopologyValueTopicConfig {
  const key = reader.compactString()
  const value = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTopologyValueTopicConfig>({ key, value }, unknownTags)
}

function decodeStreamsGroupTopologyValueTopicConfigArray(reader: Reader, version: number, count: number): StreamsGroupTopologyValueTopicConfig[] {
  const elements: StreamsGroupTopologyValueTopicConfig[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupTopologyValueTopicConfig(reader, version))
  return elements
}

function decodeStreamsGroupTopologyValueTopicInfo(reader: Reader, version: number): StreamsGroupTopologyValueTopicInfo {
  const name = reader.compactString()
  const partitions = reader.int32()
  const replicationFactor = reader.int16()
  const topicConfigs = decodeStreamsGroupTopologyValueTopicConfigArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTopologyValueTopicInfo>({
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  }, unknownTags)
}

function decodeStreamsGroupTopologyValueTopicInfoArray(reader: Reader, version: number, count: number): StreamsGroupTopologyValueTopicInfo[] {
  const elements: StreamsGroupTopologyValueTopicInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupTopologyValueTopicInfo(reader, version))
  return elements
}

function decodeStreamsGroupTopologyValueSubtopology(reader: Reader, version: number): StreamsGroupTopologyValueSubtopology {
  const subtopologyId = reader.compactString()
  const sourceTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const sourceTopicRegex = reader.compactStringArray(reader.compactArrayLength(1))
  const stateChangelogTopics = decodeStreamsGroupTopologyValueTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const repartitionSinkTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const repartitionSourceTopics = decodeStreamsGroupTopologyValueTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const copartitionGroups = decodeStreamsGroupTopologyValueCopartitionGroupArray(reader, version, reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTopologyValueSubtopology>({
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  }, unknownTags)
}

function decodeStreamsGroupTopologyValueSubtopologyArray(reader: Reader, version: number, count: number): StreamsGroupTopologyValueSubtopology[] {
  const elements: StreamsGroupTopologyValueSubtopology[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupTopologyValueSubtopology(reader, version))
  return elements
}

function decodeStreamsGroupTopologyValue(reader: Reader, version: number): StreamsGroupTopologyValue {
  const epoch = reader.int32()
  const subtopologies = decodeStreamsGroupTopologyValueSubtopologyArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTopologyValue>({ epoch, subtopologies }, unknownTags)
}

function encodeStreamsGroupTopologyValueCopartitionGroup(writer: Writer, _version: number, message: Init<StreamsGroupTopologyValueCopartitionGroup>): void {
  const {
    sourceTopics = [],
    sourceTopicRegex = [],
    repartitionSourceTopics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(sourceTopics.length)
  writer.int16Array(sourceTopics)
  writer.compactArrayLength(sourceTopicRegex.length)
  writer.int16Array(sourceTopicRegex)
  writer.compactArrayLength(repartitionSourceTopics.length)
  writer.int16Array(repartitionSourceTopics)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupTopologyValueTopicConfig(writer: Writer, _version: number, message: Init<StreamsGroupTopologyValueTopicConfig>): void {
  const {
    key = '',
    value = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.compactString(value)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupTopologyValueTopicInfo(writer: Writer, version: number, message: Init<StreamsGroupTopologyValueTopicInfo>): void {
  const {
    name = '',
    partitions = 0,
    replicationFactor = 0,
    topicConfigs = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int32(partitions)
  writer.int16(replicationFactor)
  writer.compactArrayLength(topicConfigs.length)
  for (const element of topicConfigs) encodeStreamsGroupTopologyValueTopicConfig(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupTopologyValueSubtopology(writer: Writer, version: number, message: Init<StreamsGroupTopologyValueSubtopology>): void {
  const {
    subtopologyId = '',
    sourceTopics = [],
    sourceTopicRegex = [],
    stateChangelogTopics = [],
    repartitionSinkTopics = [],
    repartitionSourceTopics = [],
    copartitionGroups = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.compactArrayLength(sourceTopics.length)
  writer.compactStringArray(sourceTopics)
  writer.compactArrayLength(sourceTopicRegex.length)
  writer.compactStringArray(sourceTopicRegex)
  writer.compactArrayLength(stateChangelogTopics.length)
  for (const element of stateChangelogTopics) encodeStreamsGroupTopologyValueTopicInfo(writer, version, element)
  writer.compactArrayLength(repartitionSinkTopics.length)
  writer.compactStringArray(repartitionSinkTopics)
  writer.compactArrayLength(repartitionSourceTopics.length)
  for (const element of repartitionSourceTopics) encodeStreamsGroupTopologyValueTopicInfo(writer, version, element)
  writer.compactArrayLength(copartitionGroups.length)
  for (const element of copartitionGroups) encodeStreamsGroupTopologyValueCopartitionGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupTopologyValue(writer: Writer, version: number, message: Init<StreamsGroupTopologyValue>): void {
  const {
    epoch = 0,
    subtopologies = [],
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.compactArrayLength(subtopologies.length)
  for (const element of subtopologies) encodeStreamsGroupTopologyValueSubtopology(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 23 of a coordinator's topic: the value. */
export const streamsGroupTopologyValue: MessageCodec<StreamsGroupTopologyValue> = messageCodec(
  'StreamsGroupTopologyValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupTopologyValue,
  encodeStreamsGroupTopologyValue,
)
