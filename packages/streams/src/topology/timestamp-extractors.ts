import { systemClock } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { TimestampExtractor } from './definition.ts'

/** The extractors that Java comes with, under the names of their classes. */
export const TimestampExtractors: {
  /** The record's timestamp; a negative one ends the instance. The default. */
  readonly failOnInvalidTimestamp: TimestampExtractor
  /** The record's timestamp; a record with a negative one is left out. */
  readonly logAndSkipOnInvalidTimestamp: TimestampExtractor
  /** The highest timestamp so far of the partition, in place of a negative one. Throws when there is none yet. */
  readonly usePartitionTimeOnInvalidTimestamp: TimestampExtractor
  /** The time at which the record is read, by the clock of the machine: in the test driver too. */
  readonly wallclock: TimestampExtractor
} = {
  failOnInvalidTimestamp: (record) => {
    if (record.timestamp >= 0) return record.timestamp
    throw invalid(record, 'Write records with timestamps, or use another extractor')
  },
  logAndSkipOnInvalidTimestamp: (record) => record.timestamp,
  usePartitionTimeOnInvalidTimestamp: (record, partitionTimeMs) => {
    if (record.timestamp >= 0) return record.timestamp
    if (partitionTimeMs >= 0) return partitionTimeMs
    throw invalid(record, 'No record before it has one, from which a time could be inferred')
  },
  wallclock: () => systemClock.wallMs(),
}

function invalid(
  { topic, partition, offset, timestamp }: Parameters<TimestampExtractor>[0],
  remedy: string,
): StreamsError {
  return new StreamsError(`Record ${topic}-${partition}@${offset} has the negative timestamp ${timestamp}. ${remedy}`, {
    code: 'NEGATIVE_TIMESTAMP',
  })
}
