import type { StreamPartitioner, TimestampExtractor, TopicNameExtractor } from '@streamwright/streams'
import { TimestampExtractors } from '@streamwright/streams'
import { isRecord } from '../json.ts'
import { functionSpec, keyValueFunction } from './functions.ts'
import { UnsupportedError } from './unsupported.ts'
import { str } from './values.ts'

/** Timestamp extractors, §6.5; undefined for the default one. */
export function timestampExtractor(value: unknown): TimestampExtractor | undefined {
  if (value === undefined) return undefined
  const { fn, args } = typeof value === 'string' ? { fn: value, args: [] } : functionSpec(value)
  switch (fn) {
    case 'failOnInvalid':
      return TimestampExtractors.failOnInvalidTimestamp
    case 'logAndSkip':
      return TimestampExtractors.logAndSkipOnInvalidTimestamp
    case 'usePartitionTime':
      return TimestampExtractors.usePartitionTimeOnInvalidTimestamp
    case 'wallclock':
      return TimestampExtractors.wallclock
    case 'const':
      return () => Number(args[0])
    case 'afterAt':
      return (record) => {
        const text = str(record.value)
        const at = text.lastIndexOf('@')
        return at < 0 ? record.timestamp : Number(text.slice(at + 1))
      }
    case 'field':
      return ({ value: json, timestamp }) => {
        const field = isRecord(json) ? json[String(args[0])] : undefined
        return typeof field === 'number' ? field : timestamp
      }
    case 'partitionTimePlus':
      return (_record, partitionTimeMs) => partitionTimeMs + Number(args[0])
    default:
      throw new UnsupportedError(`timestamp extractor ${fn}`)
  }
}

/** Topic extractors, §6.6. Their names stand in descriptions. */
export function topicExtractor(value: unknown): TopicNameExtractor {
  const { fn, args } = functionSpec(value)
  const extractor = routing(fn, args)
  Object.defineProperty(extractor, 'name', { value: fn })
  return extractor
}

function routing(fn: string, args: readonly unknown[]): TopicNameExtractor {
  switch (fn) {
    case 'prefixKey':
      return (key) => String(args[0]) + str(key)
    case 'prefixPart': {
      const part = keyValueFunction({ fn: 'part', args: args.slice(1) })
      return (key, value) => String(args[0]) + str(part(key, value))
    }
    case 'sourceTopicSuffix':
      return (_key, _value, metadata) => metadata.topic + String(args[0])
    case 'header':
      return (_key, _value, { headers }) => headers.text(String(args[0])) ?? String(args[1])
    default:
      throw new UnsupportedError(`topic extractor ${fn}`)
  }
}

/** Stream partitioners, §6.7. */
export function partitioner(value: unknown): StreamPartitioner | undefined {
  if (value === undefined || value === null) return undefined
  const { fn, args } = functionSpec(value)
  switch (fn) {
    case 'partitions':
      return () => args.map(Number)
    case 'unset':
      return () => undefined
    case 'dropIf':
      return (_topic, _key, recordValue) => (str(recordValue) === String(args[0]) ? [] : undefined)
    case 'lengthMod':
      return (_topic, key) => [str(key).length % Number(args[0])]
    default:
      throw new UnsupportedError(`partitioner ${fn}`)
  }
}
