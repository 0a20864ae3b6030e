import { ClientClosedError } from '../errors.ts'
import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { ConfigurationError } from '@streamwright/std'

/** Why nothing is taken any more. */
export function closed(): ClientClosedError {
  return new ClientClosedError('The producer is closed')
}

/** Why a record cannot go to the partition that it names, of a topic that has `count`. */
export function noSuchPartition(topic: string, partition: number | undefined, count: number): Error {
  if (partition !== undefined && (!Number.isInteger(partition) || partition < 0)) {
    return new ConfigurationError(`Invalid partition ${partition}: it must be an integer from 0 to ${count - 1}`)
  }
  const detail = `Topic ${topic} has ${count} partitions, so there is no partition ${partition}`
  return kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, detail)
}
